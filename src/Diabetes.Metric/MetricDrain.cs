using Diabetes.Hosting.Actors;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric;

/// <summary>
/// Drains the metric node in order, once its sources have stopped: spills what waits in memory, so that no half waits for the other one any longer, has it committed,
/// and waits until the pipelines have heard the verdicts. A store that is away is asked again meanwhile, so there is no end before it is back; the caller sets the limit.
/// </summary>
/// <param name="correlators">A <see cref="BucketsActor"/>.</param>
/// <param name="ledger">A <see cref="LedgerActor"/>.</param>
/// <param name="pipelines">Their owners; see <see cref="PipelineProtocol"/>.</param>
internal sealed class MetricDrain(IActorRef correlators, IActorRef ledger, IReadOnlyList<IActorRef> pipelines)
{
    /// <summary>What became of the halves in memory; as far as the drain has come.</summary>
    public BucketProtocol.Tally Memory { get; private set; } = new(0, 0, 0);

    /// <summary>What became of the halves in the store; as far as the drain has come.</summary>
    public LedgerProtocol.State Ledger { get; private set; } = new(0, 0, null);

    public async Task RunAsync()
    {
        Memory = await correlators.Ask<BucketProtocol.Tally>(BucketProtocol.Drain.Instance, Timeout.InfiniteTimeSpan);
        Ledger = await ledger.Ask<LedgerProtocol.State>(LedgerProtocol.Flush.Instance, Timeout.InfiniteTimeSpan);
        foreach (var pipeline in pipelines)
        {
            await pipeline.Ask<PipelineProtocol.Drained>(PipelineProtocol.Drain.Instance, Timeout.InfiniteTimeSpan);
        }

        Memory = await correlators.Ask<BucketProtocol.Tally>(BucketProtocol.GetTally.Instance, Timeout.InfiniteTimeSpan);
        Ledger = await ledger.Ask<LedgerProtocol.State>(LedgerProtocol.GetState.Instance, Timeout.InfiniteTimeSpan);
    }
}
