using Diabetes.Domain.Ids;

namespace Diabetes.Metric.Correlators;

/// <summary>What passes between a bucket and its correlators, beside <see cref="Offer"/>. The bucket is their only sender.</summary>
internal static class CorrelatorProtocol
{
    /// <summary>The offers that follow are of this id.</summary>
    public sealed record Assign(JoinKey Key);

    /// <summary>The half has waited long enough, or the node ends; hand over what waits.</summary>
    public sealed record Spill
    {
        public static readonly Spill Instance = new();
    }

    /// <summary>Say <see cref="Emptied"/>: when the bucket hears it, everything that it told before is with the ledger.</summary>
    public sealed record Empty
    {
        public static readonly Empty Instance = new();
    }

    /// <summary>The answer to <see cref="Empty"/>.</summary>
    public sealed record Emptied
    {
        public static readonly Emptied Instance = new();
    }
}
