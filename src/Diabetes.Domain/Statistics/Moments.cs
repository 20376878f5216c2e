namespace Diabetes.Domain.Statistics;

/// <summary>
/// Computes count, mean, spread and range of a stream of numbers without keeping them, after Welford (1962) and, for merging, Chan, Golub
/// and LeVeque (1979): large sums are never subtracted from each other. Its sums are scaled down once a number is so large that its square
/// would be no double, so no sum overflows. It is an immutable value; default is the empty stream.
/// </summary>
public readonly record struct Moments
{
    // Powers of 2, so that scaling loses no digit. The square of a number below Large, added up 2^63 times, is a double; so is that of any
    // double that is scaled down.
    private const double Large = 2.9073548971824276e135; // 2^450
    private const double Down = 2.409919865102884e-181; // 2^-600
    private const double Up = 4.149515568880993e180; // 2^600

    private readonly bool _scaled;
    private readonly double _mean;
    private readonly double _squares;

    private Moments(long count, bool scaled, double mean, double squares, double min, double max)
    {
        (Count, _scaled, _mean, _squares, Min, Max) = (count, scaled, mean, squares, min, max);
    }

    /// <summary>The number of values.</summary>
    public long Count { get; }

    /// <summary>The smallest value; 0 if there are no values.</summary>
    public double Min { get; }

    /// <summary>The largest value; 0 if there are no values.</summary>
    public double Max { get; }

    /// <summary>The mean; 0 if there are no values.</summary>
    public double Mean => Unscaled(_mean);

    /// <summary>The standard deviation of the sample (n − 1), as in pandas; 0 for fewer than two values.</summary>
    public double StandardDeviation => Count < 2 ? 0 : Unscaled(Math.Sqrt(_squares / (Count - 1)));

    /// <summary>The standard deviation of these values alone (n); 0 if there are no values.</summary>
    public double PopulationDeviation => Count == 0 ? 0 : Unscaled(Math.Sqrt(_squares / Count));

    /// <summary>The root of the mean of the squared values; 0 if there are no values.</summary>
    public double RootMeanSquare => Count == 0 ? 0 : Unscaled(Math.Sqrt((_squares / Count) + (_mean * _mean)));

    /// <summary>
    /// Divides the sum of these values' squares by the sum of another stream's squared deviations from its mean, for as many values.
    /// </summary>
    /// <param name="other">A stream whose deviation is above 0.</param>
    public double SquaresPerDeviationOf(in Moments other)
    {
        if (_scaled == other._scaled)
        {
            return (_squares + (Count * _mean * _mean)) / other._squares;
        }

        var roots = RootMeanSquare / other.PopulationDeviation;
        return roots * roots;
    }

    /// <summary>Returns the moments after one more value.</summary>
    /// <param name="value">A finite number. Any other would turn all results into NaN.</param>
    public Moments Add(double value)
    {
        if (!_scaled && Math.Abs(value) >= Large)
        {
            return ScaledDown().Add(value);
        }

        var scaled = _scaled ? value * Down : value;
        if (Count == 0)
        {
            return new(1, _scaled, scaled, 0, value, value);
        }

        var off = scaled - _mean;
        var mean = _mean + (off / (Count + 1));
        return new(Count + 1, _scaled, mean, _squares + (off * (scaled - mean)), Math.Min(Min, value), Math.Max(Max, value));
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

        if (_scaled != other._scaled)
        {
            return ScaledDown().Merge(other.ScaledDown());
        }

        var count = Count + other.Count;
        var off = other._mean - _mean;
        return new(
            count,
            _scaled,
            _mean + (off * other.Count / count),
            _squares + other._squares + (off * off * Count * other.Count / count),
            Math.Min(Min, other.Min),
            Math.Max(Max, other.Max));
    }

    private Moments ScaledDown() => _scaled ? this : new(Count, true, _mean * Down, _squares * Down * Down, Min, Max);

    private double Unscaled(double value) => _scaled ? value * Up : value;
}
