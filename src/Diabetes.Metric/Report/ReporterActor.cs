using Akka.Hosting;
using Diabetes.Amqp;
using Diabetes.Domain.Statistics;
using Diabetes.Hosting.Actors;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Metric.Report;

/// <summary>Collects the state of the node at an interval, publishes it on the event stream and, if it has changed, logs it.</summary>
internal sealed class ReporterActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ReporterPeers _peers;
    private readonly TimeSpan _interval;
    private MetricReport? _last;
    private bool _late;

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
                _late = false;
            }
            catch (AskTimeoutException)
            {
                // The node is overloaded, or the store does not answer.
                Log.ReportLate(logger, _late ? LogLevel.Debug : LogLevel.Warning, Patience.TotalSeconds);
                _late = true;
            }

            // Start the timer only now, so that slow reports do not pile up.
            Timers.StartSingleTimer(nameof(Tick), Tick.Instance, _interval);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartSingleTimer(nameof(Tick), Tick.Instance, _interval);

    private async Task<MetricReport> AskRoundAsync()
    {
        // The ledger first: it checks its counts when it is asked, and must do so also while the correlators are late.
        var joined = await _peers.Ledger.ActorRef.Ask<LedgerProtocol.State>(LedgerProtocol.GetState.Instance, Patience);
        var hot = await _peers.Correlators.ActorRef.Ask<BucketProtocol.Tally>(BucketProtocol.GetTally.Instance, Patience);
        var errors = await _peers.Histogram.ActorRef.Ask<ErrorSummary>(HistogramProtocol.GetSummary.Instance, Patience);
        return new MetricReport(hot.Waiting, hot.Met, hot.Spilled, joined.Store, errors);
    }

    private async Task SayAsync(MetricReport report, ILogger logger)
    {
        if (report == _last || report.Store is not { } store)
        {
            return;
        }

        var queues = await Task.WhenAll(_peers.Pipelines.Select(
            pipeline => pipeline.Ask<PipelineProtocol.State>(PipelineProtocol.GetState.Instance, Patience)));
        var unsettled = string.Join(", ", queues.Select(queue => $"{queue.Queue} {queue.Unsettled}"));
        var (rows, pending) = (store.Rows + store.LateRows, store.YTrue.Pending + store.YPred.Pending);
        Log.Report(
            logger, rows, pending, report.Waiting, report.Errors.Mean, report.Errors.Rmse, unsettled, _peers.Amqp.State);
        _last = report;
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}

/// <summary>Reports the state of the metric node. Published on the event stream at every interval.</summary>
/// <param name="Waiting">The number of ids with a half in memory.</param>
/// <param name="Met">The number of pairs that met in memory in this run.</param>
/// <param name="Spilled">The number of halves that went to the store alone in this run.</param>
/// <param name="Store">The counts of the store over all runs; null while it does not answer.</param>
/// <param name="Errors">The errors of the pairs that were joined in this run.</param>
public sealed record MetricReport(int Waiting, long Met, long Spilled, StoreCounts? Store, ErrorSummary Errors);

/// <summary>Lists the actors that a <see cref="ReporterActor"/> asks.</summary>
internal sealed record ReporterPeers(
    IRequiredActor<BucketsActor> Correlators,
    IReadOnlyList<IActorRef> Pipelines,
    IRequiredActor<LedgerActor> Ledger,
    IRequiredActor<HistogramActor> Histogram,
    AmqpConnection Amqp);
