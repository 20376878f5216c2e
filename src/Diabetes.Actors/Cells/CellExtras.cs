namespace Diabetes.Actors;

/// <summary>What only some actors need; allocated on first use, so that the others stay small. The cell's run owns it.</summary>
internal sealed class CellExtras
{
    public Children? Children;

    public Stack<Receive>? Behaviors;

    /// <summary>Unstashed and resumed messages, next one last.</summary>
    public Stack<Envelope>? Front;

    public DeathWatch? DeathWatch;

    public StashBuffer? Stash;

    public TimerScheduler? Timers;

    public ReceiveTimeoutTimer? ReceiveTimeout;

    public SupervisorStrategy? Strategy;

    public ActorPath? Path;

    /// <summary>Who made this actor fail: itself, or the child whose failure it escalated.</summary>
    public IActorRef? Perpetrator;

    /// <summary>The child whose failure is being decided about; its decider sees it as the sender.</summary>
    public IActorRef? FailedChild;

    public ActorSynchronizationContext? SynchronizationContext;

    /// <summary>The handler under way; one that a restart left behind is not this one.</summary>
    public AsyncDoneMessage? Awaited;
}
