using Akka.Hosting;
using Diabetes.Amqp;
using Diabetes.Domain.Statistics;
using Diabetes.Hosting.Actors;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric.Report;

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
            try
            {
                var report = await AskRoundAsync();
                Context.System.EventStream.Publish(report);
                await SayAsync(report, logger);
            }
            catch (AskTimeoutException)
            {
                // The node is ending, or busier than it can say; the next round says more.
            }

            // Only now, so that a slow round is not followed by others that waited for it.
            Timers.StartSingleTimer(nameof(Tick), Tick.Instance, _interval);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartSingleTimer(nameof(Tick), Tick.Instance, _interval);

    private async Task<MetricReport> AskRoundAsync()
    {
        var hot = await _peers.Correlators.ActorRef.Ask<BucketProtocol.Tally>(BucketProtocol.GetTally.Instance, Patience);
        var joined = await _peers.Ledger.ActorRef.Ask<LedgerProtocol.State>(LedgerProtocol.GetState.Instance, Patience);
        var errors = await _peers.Histogram.ActorRef.Ask<ErrorSummary>(HistogramProtocol.GetSummary.Instance, Patience);
        return new MetricReport(hot.Waiting, hot.Met, hot.Spilled, joined.Store, errors);
    }

    private async Task SayAsync(MetricReport report, ILogger logger)
    {
        if (report == _last || report.Store is not { } store)
        {
            return;
        }

        _last = report;
        var queues = await Task.WhenAll(_peers.Pipelines.Select(pipeline => pipeline.Ask<PipelineProtocol.State>(PipelineProtocol.GetState.Instance, Patience)));
        var unsettled = string.Join(", ", queues.Select(queue => $"{queue.Queue} {queue.Unsettled}"));
        Log.Report(
            logger, store.Rows + store.LateRows, store.YTrue.Pending + store.YPred.Pending, report.Waiting, report.Errors.Mean, report.Errors.Rmse, unsettled, _peers.Amqp.State);
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}

/// <summary>How the metric node stands. Published on the event stream at every report.</summary>
/// <param name="Waiting">Ids that hold a half in memory.</param>
/// <param name="Met">Pairs that met in memory, in this run.</param>
/// <param name="Spilled">Halves that went to the store alone, in this run.</param>
/// <param name="Store">What the store has, over all runs; null while it does not answer.</param>
/// <param name="Errors">Of the pairs joined in this run.</param>
public sealed record MetricReport(int Waiting, long Met, long Spilled, StoreCounts? Store, ErrorSummary Errors);

/// <summary>Whom a <see cref="ReporterActor"/> asks.</summary>
internal sealed record ReporterPeers(
    IRequiredActor<BucketsActor> Correlators,
    IReadOnlyList<IActorRef> Pipelines,
    IRequiredActor<LedgerActor> Ledger,
    IRequiredActor<HistogramActor> Histogram,
    AmqpConnection Amqp);
