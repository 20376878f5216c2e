namespace Diabetes.Actors;

/// <summary>One of the actors behind a router.</summary>
public abstract class Routee
{
    private protected Routee()
    {
    }

    public abstract void Send(object message, IActorRef? sender);
}
