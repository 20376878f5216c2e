namespace Diabetes.Actors;

/// <summary>Scheduled through <see cref="IScheduler"/>: may be taken back by an <see cref="ICancelable"/>, and its failures are published.</summary>
internal abstract class ScheduledWork(ActorSystemImpl system) : ScheduledItem
{
    private ICancelable? _cancelable;
    private CancellationTokenRegistration _registration;

    public void CancelWith(ICancelable? cancelable)
    {
        _cancelable = cancelable;
        if (cancelable is not null)
        {
            _registration = cancelable.Token.UnsafeRegister(static work => ((ScheduledWork)work!).Cancel(), this);
        }
    }

    protected internal sealed override void Fire()
    {
        if (_cancelable?.IsCancellationRequested == true)
        {
            return;
        }

        try
        {
            Do();
        }
        catch (Exception failure)
        {
            system.EventStream.Publish(new Error(failure, nameof(Scheduler), typeof(Scheduler), "A scheduled action failed.") { Timestamp = system.EventStream.UtcNow });
        }

        if (Period == 0)
        {
            _registration.Unregister();
        }
    }

    protected abstract void Do();
}

/// <summary>A message to be sent.</summary>
internal sealed class ScheduledTell(ActorSystemImpl system, ICanTell receiver, object message, IActorRef? sender) : ScheduledWork(system)
{
    protected override void Do() => receiver.Tell(message, sender);
}

/// <summary>An action to be run.</summary>
internal sealed class ScheduledAction(ActorSystemImpl system, Action action) : ScheduledWork(system)
{
    protected override void Do() => action();
}
