using Diabetes.Domain;

namespace Diabetes.Metric;

/// <summary>
/// The errors of this run, as a distribution. Hears of a row when the ledger has it, not before: a row that is tried twice is counted once.
/// </summary>
public sealed class HistogramActor : ReceiveActor
{
    private readonly ErrorStatistics _statistics = new();

    public HistogramActor()
    {
        Receive<HistogramProtocol.Record>(record =>
        {
            foreach (var row in record.Rows)
            {
                _statistics.Add(row.YTrue, row.YPred);
            }
        });
        Receive<HistogramProtocol.GetSummary>(_ => Sender.Tell(_statistics.Summarise()));
    }
}
