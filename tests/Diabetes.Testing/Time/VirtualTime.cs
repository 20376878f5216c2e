namespace Diabetes.Testing.Time;

/// <summary>
/// Stands still until a test moves it. Timers fire inside <see cref="Advance"/>, on the caller's thread, in the order in which they are
/// due; of two that are due at once, the older one fires first. Each callback sees the clock at its own due time. When Advance returns,
/// every callback that was due has run. A timer that is due at once (a due time of zero) does not wait for the test: it fires on the
/// thread pool, as a real one does.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    /// <summary>Where the clock stands unless a test says otherwise: 2024-01-01T00:00:00Z.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _state = new();
    private readonly Lock _advancing = new();
    private readonly SortedSet<VirtualTimer> _armed = new(VirtualTimer.FiringOrder);
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _sequence;
    private int _unfinished;
    private TaskCompletionSource? _armedSignal;

    public VirtualTime()
        : this(DefaultStart)
    {
    }

    public VirtualTime(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>One timestamp unit is one tick of a <see cref="TimeSpan"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Virtual time passed since the start.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _elapsed));

    /// <summary>Timers that wait for the clock.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_state)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>How far the next timer is away; null where none is armed.</summary>
    public TimeSpan? NextDueIn
    {
        get
        {
            lock (_state)
            {
                return _armed.Min is { } next ? new TimeSpan(next.Due - _elapsed) : null;
            }
        }
    }

    /// <summary>True while a timer that was due at once has yet to fire on the thread pool, or fires there now.</summary>
    public bool HasUnfinishedCallbacks => Volatile.Read(ref _unfinished) != 0;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <summary>
    /// Moves the clock by <paramref name="duration"/> and fires what falls due on the way, including timers that those callbacks set.
    /// An exception of a callback is thrown here. Calls of several threads run one after the other; a callback may call Advance too,
    /// and then the duration counts from the callback's due time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative: this clock does not run backwards.</exception>
    public void Advance(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        lock (_advancing)
        {
            var target = _elapsed + duration.Ticks;
            while (TakeDue(target) is { } timer)
            {
                timer.Fire();
            }

            lock (_state)
            {
                Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, target));
            }
        }
    }

    /// <summary>
    /// Moves the clock to the next timer's due time and fires what is due then. Returns false, without a move, if no timer is armed.
    /// </summary>
    public bool AdvanceToNextTimer()
    {
        lock (_advancing)
        {
            if (NextDueIn is not { } due)
            {
                return false;
            }

            Advance(due);
            return true;
        }
    }

    /// <summary>
    /// Completes once at least <paramref name="count"/> timers are armed: the code under test has come to its wait, so the clock may move.
    /// Costs no time beyond that code's own.
    /// </summary>
    public async Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task armed;
            lock (_state)
            {
                if (_armed.Count >= count)
                {
                    return;
                }

                _armedSignal ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                armed = _armedSignal.Task;
            }

            await armed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Arms <paramref name="timer"/> anew, or disarms it if <paramref name="due"/> is infinite. Returns false if the timer is disposed.
    /// </summary>
    internal bool Set(VirtualTimer timer, TimeSpan due, TimeSpan period, bool dispose = false)
    {
        lock (_state)
        {
            if (timer.Disposed)
            {
                return false;
            }

            _armed.Remove(timer);
            timer.Disposed = dispose;
            timer.Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            timer.Sequence = ++_sequence;
            if (due == TimeSpan.Zero)
            {
                FireOnThreadPool(timer, timer.Sequence);
            }
            else if (due != Timeout.InfiniteTimeSpan)
            {
                Arm(timer, due.Ticks);
            }

            return true;
        }
    }

    /// <summary>
    /// Takes the next timer that is due by <paramref name="target"/>, moves the clock to its due time, and arms it again if it is periodic.
    /// Returns null if none is due by then.
    /// </summary>
    private VirtualTimer? TakeDue(long target)
    {
        lock (_state)
        {
            if (_armed.Min is not { } timer || timer.Due > target)
            {
                return null;
            }

            _armed.Remove(timer);
            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, timer.Due));
            Rearm(timer);
            return timer;
        }
    }

    private void FireOnThreadPool(VirtualTimer timer, long sequence)
    {
        Interlocked.Increment(ref _unfinished);
        ThreadPool.UnsafeQueueUserWorkItem(
            static work =>
            {
                try
                {
                    if (work.Time.StillSet(work.Timer, work.Sequence))
                    {
                        work.Timer.Fire();
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref work.Time._unfinished);
                }
            },
            (Time: this, Timer: timer, Sequence: sequence),
            preferLocal: false);
    }

    /// <summary>False where the timer was changed or disposed between its due time and the thread pool.</summary>
    private bool StillSet(VirtualTimer timer, long sequence)
    {
        lock (_state)
        {
            if (timer.Disposed || timer.Sequence != sequence)
            {
                return false;
            }

            Rearm(timer);
            return true;
        }
    }

    private void Rearm(VirtualTimer timer)
    {
        if (timer.Period > 0)
        {
            timer.Sequence = ++_sequence;
            Arm(timer, timer.Period);
        }
    }

    private void Arm(VirtualTimer timer, long ticks)
    {
        timer.Due = _elapsed + ticks;
        _armed.Add(timer);
        _armedSignal?.SetResult();
        _armedSignal = null;
    }
}
