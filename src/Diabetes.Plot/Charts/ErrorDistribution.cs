using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>Holds what a picture of the errors shows. Its size depends on the number of bins, not on the number of rows.</summary>
/// <param name="Title">The title; any text.</param>
/// <param name="Unit">The unit of the target, for the axis; empty if it has none.</param>
/// <param name="At">The time at which the ledger was read.</param>
/// <param name="Summary">Mean, median and the other statistics.</param>
/// <param name="Bins">All <see cref="ErrorSummary.Count"/> rows by their absolute error. The bins are ascending, do not overlap and may
/// differ in width, and are finer than the bars (some hundreds where most rows lie), as from <see cref="ErrorHistogram.Bins"/>.</param>
public sealed record ErrorDistribution(
    string Title, string Unit, DateTimeOffset At, ErrorSummary Summary, IReadOnlyList<HistogramBin> Bins);
