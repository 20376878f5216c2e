using Diabetes.Domain.Joining;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>How halves of one queue are offered.</summary>
/// <param name="Side">What the queue carries.</param>
/// <param name="Queue">The queue's name, for the quarantine.</param>
/// <param name="BucketCount">How many buckets there are.</param>
/// <param name="Correlators">A <see cref="BucketsActor"/>.</param>
/// <param name="Ledger">The <see cref="LedgerActor"/> of this process.</param>
/// <param name="SpillAfter">How long a half waits in memory for the other one.</param>
/// <param name="Time">Measures how long a verdict takes.</param>
internal sealed record OfferSettings(
    PairSide Side, string Queue, int BucketCount, IActorRef Correlators, IActorRef Ledger, TimeSpan SpillAfter, TimeProvider Time)
{
    /// <summary>How much longer than <see cref="SpillAfter"/> a verdict may take before the half goes to the ledger by itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
}
