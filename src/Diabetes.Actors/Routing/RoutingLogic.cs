namespace Diabetes.Actors;

/// <summary>Chooses a routee for a message. Called from many threads.</summary>
public abstract class RoutingLogic
{
    private protected RoutingLogic()
    {
    }

    /// <summary>Null if the message cannot be routed, or there are no routees.</summary>
    public abstract Routee? Select(object message, Routee[] routees);
}
