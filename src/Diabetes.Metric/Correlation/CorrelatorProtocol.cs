using Diabetes.Domain;

namespace Diabetes.Metric;

/// <summary>What passes between a shard and its correlators, beside deliveries of halves.</summary>
internal static class CorrelatorProtocol
{
    /// <summary>To a correlator: it has waited long enough, or the node ends; hand over what waits.</summary>
    public sealed record Spill
    {
        public static readonly Spill Instance = new();
    }

    /// <summary>To the shard: nothing is held here any more.</summary>
    /// <param name="Key">Of the correlator.</param>
    /// <param name="Met">Whether both halves met here, in memory.</param>
    public sealed record HandedOver(JoinKey Key, bool Met);
}
