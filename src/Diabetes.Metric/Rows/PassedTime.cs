namespace Diabetes.Metric.Rows;

/// <summary>
/// Tells the time by what has passed since it was made. A clock that is set, or jumps and comes back, does not move it: otherwise every
/// half that waits would be an orphan at once.
/// </summary>
internal sealed class PassedTime(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _stamp = time.GetTimestamp();

    /// <summary>The time, to the millisecond, as the SQLite store keeps it.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds((_start + time.GetElapsedTime(_stamp)).ToUnixTimeMilliseconds());

    /// <summary>How far the machine's clock is ahead of it.</summary>
    public TimeSpan ClockIsAhead => time.GetUtcNow() - Now;
}
