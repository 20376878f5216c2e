namespace Diabetes.Features.Traffic;

/// <summary>
/// Decides how many rows are due. It counts from the start, so that the rate holds over hours however late timers fire. If the broker
/// blocked the node for more than a second, the missed rows are skipped and not sent in one burst.
/// </summary>
/// <param name="rate">Rows per second; 0 means as fast as possible.</param>
internal sealed class Pace(double rate)
{
    /// <summary>The largest number of rows at once; labels are sent in between.</summary>
    public const int Burst = 256;

    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(1);
    private TimeSpan _origin;
    private long _since;

    /// <summary>Returns the time of the next row: <paramref name="now"/> if the rate is 0.</summary>
    public TimeSpan NextDue(TimeSpan now) => rate == 0 ? now : DueOf(_since);

    /// <summary>Takes the rows that are due, at most <see cref="Burst"/>, and returns their number.</summary>
    public int Take(TimeSpan now)
    {
        if (rate == 0)
        {
            return Burst;
        }

        if (now - DueOf(_since) > MostBehind)
        {
            (_origin, _since) = (now, 0);
        }

        // Estimate, then correct the estimate with the same function that NextDue uses. Otherwise a row could be due there and not here,
        // and the stage would set its timer again and again.
        var due = Math.Max(0, (long)((now - _origin).TotalSeconds * rate) - _since);
        while (due > 0 && DueOf(_since + due - 1) > now)
        {
            due--;
        }

        while (due < Burst && DueOf(_since + due) <= now)
        {
            due++;
        }

        due = Math.Min(due, Burst);
        _since += due;
        return (int)due;
    }

    private TimeSpan DueOf(long row) => _origin + TimeSpan.FromTicks((long)(row / rate * TimeSpan.TicksPerSecond));
}
