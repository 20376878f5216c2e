using Diabetes.Domain.Joining;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>Says how the halves of one queue are offered for joining.</summary>
/// <param name="Side">The side of the pair that the queue carries.</param>
/// <param name="Queue">The name of the queue, for the quarantine.</param>
/// <param name="BucketCount">The number of buckets.</param>
/// <param name="Correlators">A <see cref="BucketsActor"/>.</param>
/// <param name="Ledger">The <see cref="LedgerActor"/> of this process.</param>
/// <param name="SpillAfter">How long a half waits in memory for the other one.</param>
/// <param name="Time">The clock for overdue verdicts.</param>
internal sealed record OfferSettings(
    PairSide Side, string Queue, int BucketCount, IActorRef Correlators, IActorRef Ledger, TimeSpan SpillAfter, TimeProvider Time)
{
    /// <summary>
    /// The time beyond <see cref="SpillAfter"/> after which a verdict is overdue and the half is sent directly to the ledger.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
}
