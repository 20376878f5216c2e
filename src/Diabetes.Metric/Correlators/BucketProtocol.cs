namespace Diabetes.Metric.Correlators;

/// <summary>
/// Lists the messages that a <see cref="BucketActor"/> understands and sends beside <see cref="OfferProtocol.Offers"/>.
/// A <see cref="BucketsActor"/> understands them for all buckets together.
/// </summary>
internal static class BucketProtocol
{
    /// <summary>Asks for <see cref="Tally"/>.</summary>
    public sealed record GetTally
    {
        public static readonly GetTally Instance = new();
    }

    /// <summary>Reports the counts of a bucket.</summary>
    /// <param name="Waiting">The number of ids with a half in memory.</param>
    /// <param name="Met">The number of pairs that met in memory.</param>
    /// <param name="Spilled">The number of halves that went to the store alone.</param>
    public sealed record Tally(int Waiting, long Met, long Spilled)
    {
        /// <summary>Adds the counts of two buckets.</summary>
        public static Tally Add(Tally left, Tally right) =>
            new(left.Waiting + right.Waiting, left.Met + right.Met, left.Spilled + right.Spilled);
    }

    /// <summary>
    /// Asks the bucket to spill every half that it holds, and from now on every half that arrives. The answer is <see cref="Tally"/>, once
    /// the ledger has received all that were held.
    /// </summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <summary>Tells the bucket to spill the ids that waited long enough. Sent by its own timer.</summary>
    internal sealed record SweepDue
    {
        public static readonly SweepDue Instance = new();
    }
}
