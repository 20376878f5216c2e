namespace Diabetes.Actors.Tests;

/// <summary>Watches whomever it is told, and tells a probe of each end it hears of.</summary>
internal sealed class ChaosWatcher : ReceiveActor
{
    public ChaosWatcher(IActorRef probe)
    {
        Receive<IActorRef>(actor => Context.Watch(actor));
        Receive<Terminated>(terminated => probe.Tell(terminated.ActorRef));
    }
}
