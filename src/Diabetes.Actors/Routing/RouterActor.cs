namespace Diabetes.Actors;

/// <summary>The little that a router does itself: all else passes it by.</summary>
internal sealed class RouterActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
        var cell = (RoutedActorCell)ActorCell.Required;
        switch (message)
        {
            case Terminated terminated:
                cell.RemoveRoutee(terminated.ActorRef);
                break;
            case GetRoutees:
                Sender.Tell(new Routees(cell.Routees));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object? message)
    {
        // The routees stay; they are restarted with the router.
    }
}
