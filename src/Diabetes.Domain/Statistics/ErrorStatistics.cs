namespace Diabetes.Domain.Statistics;

/// <summary>All that is kept of the errors of a stream of pairs: some 33 KiB, however long it runs. Not thread-safe; one owner.</summary>
public sealed class ErrorStatistics
{
    private readonly RegressionQuality _quality = new();
    private long _notFinite;

    /// <summary>Of the absolute errors. The owner's own; <see cref="ErrorHistogram.Bins"/> is what can be sent elsewhere.</summary>
    public ErrorHistogram Histogram { get; } = new();

    /// <summary>Takes one pair in.</summary>
    public void Add(double yTrue, double yPred)
    {
        var error = Math.Abs(yTrue - yPred);
        if (!double.IsFinite(error))
        {
            _notFinite++;
            return;
        }

        Histogram.Add(error);
        _quality.Add(yTrue, yPred);
    }

    /// <summary>Takes in all that <paramref name="other"/> saw.</summary>
    public void Merge(ErrorStatistics other)
    {
        Histogram.Merge(other.Histogram);
        _quality.Merge(other._quality);
        _notFinite += other._notFinite;
    }

    /// <summary>The numbers as they stand.</summary>
    public ErrorSummary Summarise()
    {
        var error = _quality.AbsoluteError;
        return new(
            error.Count, _notFinite, error.Mean, Quantile(0.5), Quantile(0.9), error.StandardDeviation, error.Min, error.Max,
            _quality.RootMeanSquaredError, _quality.Bias, _quality.R2);

        // Few errors, or all of them equal: the middle of a bin may lie outside of what was seen.
        double Quantile(double quantile) => Math.Clamp(Histogram.Quantile(quantile), error.Min, error.Max);
    }
}
