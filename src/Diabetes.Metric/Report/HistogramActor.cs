using Diabetes.Domain.Statistics;

namespace Diabetes.Metric.Report;

/// <summary>
/// The errors of this run, as a distribution. Hears of a pair when the ledger has it, not before: a batch that is tried twice is counted once.
/// </summary>
public sealed class HistogramActor : ReceiveActor
{
    private readonly ErrorStatistics _statistics = new();

    public HistogramActor()
    {
        Receive<HistogramProtocol.Record>(record =>
        {
            foreach (var pair in record.Pairs)
            {
                _statistics.Add(pair.YTrue, pair.YPred);
            }
        });
        Receive<HistogramProtocol.GetSummary>(_ => Sender.Tell(_statistics.Summarise()));
    }
}
