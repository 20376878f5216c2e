namespace Diabetes.Domain.Statistics;

/// <summary>
/// Computes count, mean, spread and range of a stream of numbers without keeping them, after Welford (1962) and, for merging, Chan, Golub
/// and LeVeque (1979): large sums are never subtracted from each other. It is an immutable value; default is the empty stream.
/// </summary>
/// <param name="Count">The number of values.</param>
/// <param name="Mean">The mean; 0 if there are no values.</param>
/// <param name="SquaredDeviations">The sum of the squared differences from the mean.</param>
/// <param name="Min">The smallest value; 0 if there are no values.</param>
/// <param name="Max">The largest value; 0 if there are no values.</param>
public readonly record struct Moments(long Count, double Mean, double SquaredDeviations, double Min, double Max)
{
    /// <summary>The standard deviation of the sample (n − 1), as in pandas; 0 for fewer than two values.</summary>
    public double StandardDeviation => Count < 2 ? 0 : Math.Sqrt(SquaredDeviations / (Count - 1));

    /// <summary>Returns the moments after one more value.</summary>
    /// <param name="value">A finite number. Any other would turn all results into NaN.</param>
    public Moments Add(double value)
    {
        if (Count == 0)
        {
            return new(1, value, 0, value, value);
        }

        var off = value - Mean;
        var mean = Mean + (off / (Count + 1));
        return new(Count + 1, mean, SquaredDeviations + (off * (value - mean)), Math.Min(Min, value), Math.Max(Max, value));
    }

    /// <summary>Returns the moments of both streams together.</summary>
    public Moments Merge(in Moments other)
    {
        if (Count == 0)
        {
            return other;
        }

        if (other.Count == 0)
        {
            return this;
        }

        var count = Count + other.Count;
        var off = other.Mean - Mean;
        return new(
            count,
            Mean + (off * other.Count / count),
            SquaredDeviations + other.SquaredDeviations + (off * off * Count * other.Count / count),
            Math.Min(Min, other.Min),
            Math.Max(Max, other.Max));
    }
}
