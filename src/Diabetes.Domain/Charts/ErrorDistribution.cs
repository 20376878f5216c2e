namespace Diabetes.Domain;

/// <summary>
/// What a picture of the errors shows. Its size is that of the bins, whatever the number of rows behind them. Errors are absolute: 0 or more,
/// in the target's unit.
/// </summary>
public sealed record ErrorDistribution
{
    /// <summary>Headline; any text.</summary>
    public required string Title { get; init; }

    /// <summary>The target's unit, for the axis; empty if it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>When the numbers were taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Rows; 0 draws the empty picture, and then no other number here is looked at.</summary>
    public long Count { get; init; }

    public double Mean { get; init; }

    public double Median { get; init; }

    /// <summary>Standard deviation of the absolute errors.</summary>
    public double StandardDeviation { get; init; }

    /// <summary>Root mean square error.</summary>
    public double Rmse { get; init; }

    /// <summary>90th percentile.</summary>
    public double P90 { get; init; }

    public double Minimum { get; init; }

    public double Maximum { get; init; }

    /// <summary>
    /// All rows, in bins finer than any bar should be (some hundreds where the bulk lies), ascending and not overlapping, of any widths.
    /// Empty bins may be left out.
    /// </summary>
    public IReadOnlyList<HistogramBin> Bins { get; init; } = [];
}
