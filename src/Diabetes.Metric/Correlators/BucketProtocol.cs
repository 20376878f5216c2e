namespace Diabetes.Metric.Correlators;

/// <summary>What a <see cref="BucketActor"/> and, for all buckets together, a <see cref="BucketsActor"/> understand and answer, beside <see cref="OfferProtocol.Offers"/>.</summary>
internal static class BucketProtocol
{
    /// <summary>Asks for <see cref="Tally"/>.</summary>
    public sealed record GetTally
    {
        public static readonly GetTally Instance = new();
    }

    /// <param name="Waiting">Ids whose correlator holds a half.</param>
    /// <param name="Met">Pairs that met in memory.</param>
    /// <param name="Spilled">Halves that went to the store alone.</param>
    public sealed record Tally(int Waiting, long Met, long Spilled)
    {
        /// <summary>The tally of two buckets together.</summary>
        public static Tally Add(Tally left, Tally right) =>
            new(left.Waiting + right.Waiting, left.Met + right.Met, left.Spilled + right.Spilled);
    }

    /// <summary>Spill every half that waits, and from now on every one that comes; answered with <see cref="Tally"/> when all that wait are handed over.</summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <summary>Time to look which ids waited long enough. The bucket's own.</summary>
    internal sealed record SweepDue
    {
        public static readonly SweepDue Instance = new();
    }
}
