namespace Diabetes.Metric;

/// <summary>What a <see cref="ShardActor"/> understands, beside deliveries of halves, and answers.</summary>
internal static class ShardProtocol
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
        /// <summary>The tally of two shards together.</summary>
        public static Tally Add(Tally left, Tally right) =>
            new(left.Waiting + right.Waiting, left.Met + right.Met, left.Spilled + right.Spilled);
    }

    /// <summary>Spill every half that waits; answered with <see cref="Tally"/> when all are handed over.</summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <summary>Time to look who waited long enough. The shard's own.</summary>
    internal sealed record SpillDue
    {
        public static readonly SpillDue Instance = new();
    }
}
