namespace Diabetes.Actors;

/// <summary>
/// What makes an actor a router: messages told to it go, on the teller's thread, straight to one of its routees. It has no mailbox of its own to be a
/// bottleneck.
/// </summary>
public abstract class RouterConfig
{
    private protected RouterConfig()
    {
    }

    internal abstract RoutingLogic CreateLogic(ActorSystem system);
}
