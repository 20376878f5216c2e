using Diabetes.Domain;
using Diabetes.Hosting;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric;

/// <summary>Asks round at an interval and says how the node stands: in the log if anything has changed, on the event stream in any case.</summary>
internal sealed class ReporterActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ReporterPeers _peers;
    private readonly TimeSpan _interval;
    private MetricReport? _last;

    public ReporterActor(ReporterPeers peers, TimeSpan interval, ILogger logger)
    {
        (_peers, _interval) = (peers, interval);
        ReceiveAsync<Tick>(async _ =>
        {
            if (await AskRoundAsync() is { } report)
            {
                Context.System.EventStream.Publish(report);
                await SayAsync(report, logger);
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _interval);

    private async Task<MetricReport?> AskRoundAsync()
    {
        try
        {
            var tallies = await Task.WhenAll(_peers.Shards.Select(shard => shard.Ask<JoinTally>(ShardProtocol.GetTally.Instance, Patience)));
            var quarantine = await _peers.Quarantine.Ask<QuarantineProtocol.Flushed>(QuarantineProtocol.Flush.Instance, Patience);
            var ledger = await _peers.Ledger.Ask<LedgerProtocol.Flushed>(new LedgerProtocol.WhenCommitted(0), Patience);
            var errors = await _peers.Histogram.Ask<ErrorSummary>(HistogramProtocol.GetSummary.Instance, Patience);
            return new MetricReport(tallies.Aggregate(JoinTally.Add), quarantine.Total, ledger.Total, errors);
        }
        catch (AskTimeoutException)
        {
            // The node is ending, or busier than it can say; the next round says more.
            return null;
        }
    }

    private async Task SayAsync(MetricReport report, ILogger logger)
    {
        if (report == _last)
        {
            return;
        }

        _last = report;
        var queues = await Task.WhenAll(_peers.Sources.Select(source => source.Ask<SourceProtocol.State>(SourceProtocol.GetState.Instance, Patience)));
        var unsettled = string.Join(", ", queues.Select(queue => $"{queue.Queue} {queue.Unsettled}"));
        var (halves, errors) = (report.Halves, report.Errors);
        Log.Report(
            logger, halves.Joined, halves.Pending, halves.Duplicates, report.Quarantined, report.Rows, errors.Mean, errors.Rmse, unsettled, _peers.Broker.State);
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
