using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>What a picture of the errors shows. Its size is that of the bins, however many pairs stand behind them.</summary>
/// <param name="Title">Headline; any text.</param>
/// <param name="Unit">The target's unit, for the axis; empty if it has none.</param>
/// <param name="At">When the numbers were taken.</param>
/// <param name="Summary">The numbers.</param>
/// <param name="Bins">
/// All <see cref="ErrorSummary.Count"/> pairs by their absolute error, in bins finer than any bar should be (some hundreds where the bulk lies), ascending and
/// not overlapping, of any widths: <see cref="ErrorHistogram.Bins"/>.
/// </param>
public sealed record ErrorDistribution(string Title, string Unit, DateTimeOffset At, ErrorSummary Summary, IReadOnlyList<HistogramBin> Bins);
