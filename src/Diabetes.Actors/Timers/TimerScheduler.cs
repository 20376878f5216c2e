namespace Diabetes.Actors;

/// <summary>The timers of one incarnation. Owned by the cell's run.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private Dictionary<object, TimerMessage>? _timers;

    public ActorCell Cell => cell;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(key, msg, initialDelay, interval);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, TimeSpan.Zero);

    public bool IsTimerActive(object key) => _timers is not null && _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers is not null && _timers.Remove(key, out var timer))
        {
            timer.Cancel();
        }
    }

    public void CancelAll()
    {
        if (_timers is null)
        {
            return;
        }

        foreach (var timer in _timers.Values)
        {
            timer.Cancel();
        }

        _timers = null;
    }

    /// <summary>A timer's message reached the actor: whether it is still wanted.</summary>
    public bool TryTake(TimerMessage timer, bool last)
    {
        if (_timers is null || !_timers.TryGetValue(timer.Key, out var current) || current != timer)
        {
            return false;
        }

        if (last)
        {
            _timers.Remove(timer.Key);
        }

        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan interval)
    {
        InvalidMessageException.ThrowIfNull(message);
        Cancel(key);
        var timer = new TimerMessage(this, key, message, interval > TimeSpan.Zero);
        (_timers ??= [])[key] = timer;
        cell.SystemImpl.Clock.Schedule(timer, delay, interval);
    }
}
