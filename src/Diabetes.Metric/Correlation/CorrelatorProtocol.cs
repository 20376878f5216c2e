using Diabetes.Domain;

namespace Diabetes.Metric;

/// <summary>What passes between a shard and its correlators, beside deliveries of halves.</summary>
internal static class CorrelatorProtocol
{
    /// <summary>To the shard: both halves are there and on their way to the ledger.</summary>
    public sealed record Joined(JoinKey Key, Correlation Correlation);

    /// <summary>To the shard: a half came that was there before.</summary>
    public sealed record Repeated(Verdict Verdict)
    {
        public static readonly Repeated Duplicate = new(Verdict.Duplicate);
        public static readonly Repeated Conflict = new(Verdict.Conflict);
    }

    /// <summary>To a correlator: give back what waits; answered with <see cref="GaveBack"/>.</summary>
    public sealed record GiveBack
    {
        public static readonly GiveBack Instance = new();
    }

    /// <summary>To the shard: nothing is held here any more.</summary>
    public sealed record GaveBack
    {
        public static readonly GaveBack Instance = new();
    }
}
