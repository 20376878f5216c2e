namespace Diabetes.Features;

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

        var due = Math.Min(Burst, (long)((now - _origin).TotalSeconds * rate) + 1 - _since);
        _since += Math.Max(0, due);
        return (int)Math.Max(0, due);
    }

    private TimeSpan DueOf(long row) => _origin + TimeSpan.FromTicks((long)(row / rate * TimeSpan.TicksPerSecond));
}
