namespace Diabetes.Features.Traffic;

/// <summary>
/// Says how many rows are due. Counts from where it began, so that a rate holds over hours whatever the timers do; where the broker held the
/// node up for more than a second, the rows of that time are let go rather than sent in one burst.
/// </summary>
/// <param name="rate">Rows a second; 0 for as many as can be.</param>
internal sealed class Pace(double rate)
{
    /// <summary>Rows taken in one go: few enough that labels get their turn.</summary>
    public const int Burst = 256;

    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(1);
    private TimeSpan _origin;
    private long _since;

    /// <summary>When the next row is due; not after <paramref name="now"/> where the rate is 0.</summary>
    public TimeSpan NextDue(TimeSpan now) => rate == 0 ? now : DueOf(_since);

    /// <summary>Takes the rows that are due, at most <see cref="Burst"/>.</summary>
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

        // A guess, put right by the very times that NextDue names: a row that is due there and not here would be waited for without end.
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
