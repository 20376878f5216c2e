using Diabetes.Domain;
using Diabetes.Ledger;

namespace Diabetes.Metric;

/// <summary>How the metric node stands. Published on the event stream at every report.</summary>
/// <param name="Waiting">Ids that hold a half in memory.</param>
/// <param name="Met">Pairs that met in memory, in this run.</param>
/// <param name="Spilled">Halves that went to the store alone, in this run.</param>
/// <param name="Store">What the store has, over all runs; null while it does not answer.</param>
/// <param name="Errors">Of the pairs joined in this run.</param>
public sealed record MetricReport(int Waiting, long Met, long Spilled, StoreCounts? Store, ErrorSummary Errors);
