namespace Diabetes.Actors;

/// <summary>The system's scheduler: <see cref="Clock"/> behind Akka's interfaces.</summary>
internal sealed class Scheduler(ActorSystemImpl system) : IScheduler, IAdvancedScheduler
{
    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => system.Time.GetUtcNow();

    public TimeSpan MonotonicClock => system.Clock.Elapsed;

    public TimeSpan HighResMonotonicClock => system.Clock.Elapsed;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender)
        => ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
        => Schedule(new ScheduledTell(system, receiver, message, sender), delay, TimeSpan.Zero, cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender)
        => ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
        => Schedule(new ScheduledTell(system, receiver, message, sender), initialDelay, Positive(interval), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable)
        => Schedule(new ScheduledAction(system, action), delay, TimeSpan.Zero, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
        => Schedule(new ScheduledAction(system, action), initialDelay, Positive(interval), cancelable);

    private static TimeSpan Positive(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return interval;
    }

    private void Schedule(ScheduledWork work, TimeSpan delay, TimeSpan period, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (cancelable?.IsCancellationRequested == true)
        {
            return;
        }

        system.Clock.Schedule(work, delay, period);
        work.CancelWith(cancelable);
    }
}
