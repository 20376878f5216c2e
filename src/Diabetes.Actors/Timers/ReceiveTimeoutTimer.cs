namespace Diabetes.Actors;

/// <summary>
/// Tells the actor when no message came for a while. A message costs it one look at the clock: the timer runs through and, if there was activity, is set
/// again for the rest.
/// </summary>
internal sealed class ReceiveTimeoutTimer(ActorCell cell)
{
    private Alarm? _alarm;
    private long _lastActivity;

    public TimeSpan? Timeout { get; private set; }

    public void Set(TimeSpan? timeout)
    {
        if (timeout is { } positive)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(positive, TimeSpan.Zero, nameof(timeout));
        }

        _alarm?.Cancel();
        _alarm = null;
        Timeout = timeout;
        Touch();
    }

    /// <summary>A message came.</summary>
    public void Touch()
    {
        Volatile.Write(ref _lastActivity, cell.SystemImpl.Time.GetTimestamp());
        if (_alarm is null && Timeout is { } timeout)
        {
            Arm(timeout);
        }
    }

    /// <summary>The alarm's message reached the actor; true if it is a receive timeout indeed.</summary>
    public bool TryTake(Alarm alarm)
    {
        if (alarm != _alarm || Timeout is not { } timeout)
        {
            return false;
        }

        _alarm = null;
        var idle = cell.SystemImpl.Time.GetElapsedTime(_lastActivity);
        if (idle >= timeout)
        {
            Touch();
            return true;
        }

        Arm(timeout - idle);
        return false;
    }

    private void Arm(TimeSpan delay)
    {
        _alarm = new Alarm(this, cell);
        cell.SystemImpl.Clock.Schedule(_alarm, delay, TimeSpan.Zero);
    }

    /// <summary>One run of the timer, and the message it sends.</summary>
    internal sealed class Alarm(ReceiveTimeoutTimer owner, ActorCell cell) : ScheduledItem, IAutoReceivedMessage, INotInfluenceReceiveTimeout
    {
        public bool TryTake() => owner.TryTake(this);

        protected internal override void Fire() => cell.Tell(this, cell);
    }
}
