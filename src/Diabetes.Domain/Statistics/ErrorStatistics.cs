namespace Diabetes.Domain.Statistics;

/// <summary>Keeps the statistics of the errors of a stream of pairs, in about 2 MiB at most. Not thread-safe.</summary>
public sealed class ErrorStatistics
{
    private readonly RegressionQuality _quality = new();

    /// <summary>The number of pairs whose difference is too large for a double.</summary>
    public long NotFinite { get; private set; }

    /// <summary>
    /// The histogram of the absolute errors. It changes with every pair; send <see cref="ErrorHistogram.Bins"/> to others.
    /// </summary>
    public ErrorHistogram Histogram { get; } = new();

    /// <summary>Adds one pair.</summary>
    public void Add(double yTrue, double yPred)
    {
        var error = Math.Abs(yTrue - yPred);
        if (!double.IsFinite(error))
        {
            NotFinite++;
            return;
        }

        Histogram.Add(error);
        _quality.Add(yTrue, yPred);
    }

    /// <summary>Adds all pairs of <paramref name="other"/>.</summary>
    public void Merge(ErrorStatistics other)
    {
        Histogram.Merge(other.Histogram);
        _quality.Merge(other._quality);
        NotFinite += other.NotFinite;
    }

    /// <summary>Computes the statistics of all pairs so far.</summary>
    public ErrorSummary Summarise()
    {
        var error = _quality.AbsoluteError;
        return new(
            error.Count, NotFinite, error.Mean, Quantile(0.5), Quantile(0.9), error.StandardDeviation, error.Min, error.Max,
            _quality.RootMeanSquaredError, _quality.Bias, _quality.R2);

        // With few or equal errors the middle of a bin may lie outside the range of the errors, so clamp it.
        double Quantile(double quantile) => Math.Clamp(Histogram.Quantile(quantile), error.Min, error.Max);
    }
}
