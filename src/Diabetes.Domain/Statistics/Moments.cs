namespace Diabetes.Domain.Statistics;

/// <summary>
/// Count, mean, spread and range of a stream of numbers, without keeping them. A value; default is the empty stream. After Welford (1962),
/// merged after Chan, Golub and LeVeque (1979): no difference of large sums is ever taken.
/// </summary>
/// <param name="Count">Numbers seen.</param>
/// <param name="Mean">0 for none.</param>
/// <param name="SquaredDeviations">Sum of the squared differences from the mean.</param>
/// <param name="Min">0 for none.</param>
/// <param name="Max">0 for none.</param>
public readonly record struct Moments(long Count, double Mean, double SquaredDeviations, double Min, double Max)
{
    /// <summary>Of the sample (n − 1), as pandas has it; 0 for fewer than two numbers.</summary>
    public double StandardDeviation => Count < 2 ? 0 : Math.Sqrt(SquaredDeviations / (Count - 1));

    /// <summary>The stream with one more number.</summary>
    /// <param name="value">Finite: one that is not would turn everything into NaN.</param>
    public Moments Add(double value)
    {
        if (Count == 0) return new(1, value, 0, value, value);
        var off = value - Mean;
        var mean = Mean + (off / (Count + 1));
        return new(Count + 1, mean, SquaredDeviations + (off * (value - mean)), Math.Min(Min, value), Math.Max(Max, value));
    }

    /// <summary>Both streams together.</summary>
    public Moments Merge(in Moments other)
    {
        if (Count == 0) return other;
        if (other.Count == 0) return this;
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
