using Diabetes.Domain;

namespace Diabetes.Metric;

/// <summary>How the metric node stands. Published on the event stream at every report.</summary>
/// <param name="Halves">What became of the halves that came.</param>
/// <param name="Quarantined">Messages set aside.</param>
/// <param name="Rows">Rows in the ledger, over all runs.</param>
/// <param name="Errors">Of the rows of this run.</param>
public sealed record MetricReport(JoinTally Halves, long Quarantined, long Rows, ErrorSummary Errors);
