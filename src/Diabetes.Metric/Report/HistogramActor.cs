using Diabetes.Domain.Statistics;

namespace Diabetes.Metric.Report;

/// <summary>
/// Keeps the distribution of the errors of this run. It counts a pair only once its commit has succeeded, so a batch that is retried is
/// counted once.
/// </summary>
public sealed class HistogramActor : ReceiveActor
{
    private readonly ErrorStatistics _statistics = new();

    /// <summary>Creates an empty histogram.</summary>
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
