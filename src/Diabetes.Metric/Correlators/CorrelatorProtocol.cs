using Diabetes.Domain.Ids;

namespace Diabetes.Metric.Correlators;

/// <summary>Lists the messages between a bucket and its correlators, beside <see cref="Offer"/>. The bucket is their only sender.</summary>
internal static class CorrelatorProtocol
{
    /// <summary>Assigns an id: all offers that follow belong to it.</summary>
    public sealed record Assign(JoinKey Key);

    /// <summary>Tells the correlator to send the half that it holds to the ledger.</summary>
    public sealed record Spill
    {
        public static readonly Spill Instance = new();
    }

    /// <summary>
    /// Asks for <see cref="Emptied"/>. When the bucket receives that, the ledger has received everything that the correlator held.
    /// </summary>
    public sealed record Empty
    {
        public static readonly Empty Instance = new();
    }

    /// <summary>Answers <see cref="Empty"/>.</summary>
    public sealed record Emptied
    {
        public static readonly Emptied Instance = new();
    }
}
