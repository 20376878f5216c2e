using Diabetes.Hosting.Actors;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric;

/// <summary>
/// Drains the metric node once its sources have stopped. It spills the halves in memory to the store, waits for the commit, and waits until
/// the pipelines have received the verdicts and settled their deliveries. While the store is down this does not end; the caller sets the
/// time limit.
/// </summary>
/// <param name="correlators">A <see cref="BucketsActor"/>.</param>
/// <param name="ledger">A <see cref="LedgerActor"/>.</param>
/// <param name="pipelines">The actors that own the pipelines; see <see cref="PipelineProtocol"/>.</param>
internal sealed class MetricDrain(IActorRef correlators, IActorRef ledger, IReadOnlyList<IActorRef> pipelines)
{
    /// <summary>The counts of the correlators, as of the last step that completed.</summary>
    public BucketProtocol.Tally Memory { get; private set; } = new(0, 0, 0);

    /// <summary>The counts of the ledger, as of the last step that completed.</summary>
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
