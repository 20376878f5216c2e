using Diabetes.Domain;

namespace Diabetes.Metric;

/// <summary>What a <see cref="ShardActor"/> understands, beside deliveries of halves, and answers.</summary>
internal static class ShardProtocol
{
    /// <summary>Asks for a <see cref="JoinTally"/>.</summary>
    public sealed record GetTally
    {
        public static readonly GetTally Instance = new();
    }

    /// <summary>Give back every half that waits; answered with <see cref="Drained"/> when all are given back.</summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <param name="Tally">The counts of the whole run; its pending halves are with the broker again.</param>
    public sealed record Drained(JoinTally Tally);
}
