namespace Diabetes.Domain.Ids;

/// <summary>
/// Creates ids from the time at which they are requested. They strictly increase: if the clock stops, goes back or is slower than the
/// requests, each id is one microsecond after the last one until the clock has caught up. Not thread-safe.
/// </summary>
/// <param name="last">The last id of an earlier sequence, in microseconds since the Unix epoch. New ids come after it.</param>
/// <remarks>
/// Ids are unique within one sequence. Two nodes that publish to one queue can create the same id in the same microsecond; their halves are
/// then joined wrongly. The Python services have the same limit.
/// </remarks>
public sealed class IdSequence(long last = 0)
{
    /// <summary>The last id, in microseconds since the Unix epoch.</summary>
    public long Last { get; private set; } = last;

    /// <summary>
    /// Creates the next id: <paramref name="now"/> if that is later than the last id, otherwise the microsecond after the last id.
    /// </summary>
    /// <param name="now">The present time in microseconds since the Unix epoch.</param>
    public ObservationId Next(long now)
    {
        Last = Math.Max(now, Last + 1);
        return ObservationId.FromUnixMicroseconds(Last);
    }
}
