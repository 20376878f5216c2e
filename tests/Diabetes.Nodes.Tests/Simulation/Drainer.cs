using Diabetes.Domain.Statistics;
using Diabetes.Hosting.Actors;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Drains a node in its own order: each step begins when the one before has answered, and a step that takes too long is cut off.
/// </summary>
internal sealed class Drainer : ReceiveActor, IWithTimers
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly LifeActors _actors;
    private readonly Action<DrainResult> _drained;
    private int _toDrain;
    private bool _gaveUp;

    public Drainer(LifeActors actors, Action<DrainResult> drained)
    {
        (_actors, _drained) = (actors, drained);
        ReceiveAsync<Begin>(async _ =>
        {
            foreach (var pipeline in actors.Pipelines)
            {
                await pipeline.Ask<PipelineProtocol.Stopped>(PipelineProtocol.Stop.Instance);
            }

            await actors.Correlators.Ask<BucketProtocol.Tally>(BucketProtocol.Drain.Instance);
            await actors.Ledger.Ask<LedgerProtocol.State>(LedgerProtocol.Flush.Instance);
            Timers.StartSingleTimer(nameof(GiveUp), GiveUp.Instance, Timeout);
            foreach (var pipeline in actors.Pipelines)
            {
                _toDrain++;
                pipeline.Tell(PipelineProtocol.Drain.Instance);
            }
        });
        ReceiveAsync<PipelineProtocol.Drained>(async _ =>
        {
            if (--_toDrain == 0 && !_gaveUp)
            {
                Timers.Cancel(nameof(GiveUp));
                await EndAsync();
            }
        });
        ReceiveAsync<GiveUp>(async _ =>
        {
            _gaveUp = true;
            await EndAsync();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private async Task EndAsync()
    {
        var hot = await _actors.Correlators.Ask<BucketProtocol.Tally>(BucketProtocol.GetTally.Instance);
        var state = await _actors.Ledger.Ask<LedgerProtocol.State>(LedgerProtocol.GetState.Instance);
        var errors = await _actors.Histogram.Ask<ErrorSummary>(HistogramProtocol.GetSummary.Instance);
        var unsettled = 0;
        foreach (var pipeline in _actors.Pipelines)
        {
            unsettled += (await pipeline.Ask<PipelineProtocol.Closed>(PipelineProtocol.Close.Instance)).Unsettled;
        }

        _drained(new DrainResult(hot.Waiting, state.Joined, errors.Count, _gaveUp, unsettled));
    }

    public sealed record Begin
    {
        public static readonly Begin Instance = new();
    }

    private sealed record GiveUp
    {
        public static readonly GiveUp Instance = new();
    }
}
