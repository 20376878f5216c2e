namespace Diabetes.Domain.Ids;

/// <summary>
/// New ids, from the time they are asked for. Strictly increasing: where the clock stands still, goes back or is slower than the
/// questions, the sequence runs ahead of it by a microsecond an id and lets the clock catch up. Not thread-safe; one owner.
/// </summary>
/// <param name="last">Where an earlier sequence ended, in microseconds since the Unix epoch: ids begin after it.</param>
/// <remarks>
/// Unique within one sequence. Two nodes that write to one queue can meet in a microsecond; what joins then is anybody's guess, in Python
/// too.
/// </remarks>
public sealed class IdSequence(long last = 0)
{
    /// <summary>The newest id, in microseconds since the Unix epoch.</summary>
    public long Last { get; private set; } = last;

    /// <summary>The next id: that of <paramref name="now"/> if it is free, else the first free one after it.</summary>
    /// <param name="now">Microseconds since the Unix epoch.</param>
    public ObservationId Next(long now)
    {
        Last = Math.Max(now, Last + 1);
        return ObservationId.FromUnixMicroseconds(Last);
    }
}
