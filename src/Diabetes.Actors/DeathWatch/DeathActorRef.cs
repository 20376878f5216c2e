namespace Diabetes.Actors;

/// <summary>Watches one actor for code that is no actor.</summary>
internal sealed class DeathActorRef(ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ActorPath Path { get; } = system.NextTemporaryPath();

    public override ActorSystemImpl SystemImpl => system;

    public Task Task => _dead.Task;

    public override void Tell(object message, IActorRef? sender) => system.DeadLetterRef.Undelivered(message, sender, this);

    public override void SendSystem(SystemMessage message)
    {
        if (message is DeathWatchNotification)
        {
            _dead.TrySetResult();
        }
        else
        {
            base.SendSystem(message);
        }
    }
}
