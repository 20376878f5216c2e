namespace Diabetes.Testing.Time;

/// <summary>A timer of <see cref="VirtualTime"/>, which owns all its fields but the callback and guards them with its lock.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    /// <summary>What the framework's own timers take at most, in milliseconds.</summary>
    private const uint LongestMilliseconds = 0xfffffffe;

    public static readonly IComparer<VirtualTimer> FiringOrder = Comparer<VirtualTimer>.Create(static (a, b) =>
        a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Sequence.CompareTo(b.Sequence));

    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>Ticks after the clock's start.</summary>
    public long Due { get; set; }

    /// <summary>Ticks; zero where the timer fires once.</summary>
    public long Period { get; set; }

    /// <summary>Grows with each setting: breaks ties, and tells a setting from the one before it.</summary>
    public long Sequence { get; set; }

    public bool Disposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowUnlessValid(dueTime, nameof(dueTime));
        ThrowUnlessValid(period, nameof(period));
        return time.Set(this, dueTime, period);
    }

    public void Fire()
    {
        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Call(), this);
        }
    }

    public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, dispose: true);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static void ThrowUnlessValid(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan && (value < TimeSpan.Zero || value.TotalMilliseconds > LongestMilliseconds))
        {
            throw new ArgumentOutOfRangeException(
                name,
                value,
                "A timer takes zero to about 49.7 days, or Timeout.InfiniteTimeSpan for never.");
        }
    }

    private void Call() => callback(state);
}
