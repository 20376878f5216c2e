using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>What a <see cref="JoinActor"/> understands and answers.</summary>
public static class JoinProtocol
{
    /// <summary>Make these halves durable, in this order: a pair that met in memory, or one that waited long enough for its other half.</summary>
    internal sealed record Commit(Delivery<Decoded<Half>> First, Delivery<Decoded<Half>>? Second = null);

    /// <summary>Count a message that could not be read, then set it aside.</summary>
    internal sealed record Reject(Delivery<Decoded<Half>> Delivery, Side Side);

    /// <summary>Commit what waits; answered with <see cref="State"/>.</summary>
    public sealed record Flush
    {
        public static readonly Flush Instance = new();
    }

    /// <summary>Asks to be told, by <see cref="State"/>, when this many pairs have been joined since the node started.</summary>
    public sealed record WhenJoined(long Pairs);

    /// <summary>Asks for <see cref="State"/>.</summary>
    public sealed record GetState
    {
        public static readonly GetState Instance = new();
    }

    /// <param name="Joined">Pairs joined since the node started, late ones too.</param>
    /// <param name="Waiting">Halves and unreadable messages that are here and not durable.</param>
    /// <param name="Store">What the store has, over all runs; null while it does not answer.</param>
    public sealed record State(long Joined, int Waiting, StoreCounts? Store);
}
