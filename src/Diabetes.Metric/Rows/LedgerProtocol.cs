using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric.Rows;

/// <summary>What a <see cref="LedgerActor"/> understands and answers. Verdicts go to the origins of the receipts: see <see cref="OfferProtocol.Settled"/>.</summary>
public static class LedgerProtocol
{
    /// <summary>Make these halves durable, in this order: a pair that met in memory, or one that waited long enough for its other half.</summary>
    internal sealed record Commit(Offer First, Offer? Second = null);

    /// <summary>Make this half durable: no verdict on it came in time. Nothing, if it is held here or was answered before.</summary>
    internal sealed record Alone(Offer Half);

    /// <summary>Count a message that could not be read; the stage that has it sets it aside when it hears the verdict.</summary>
    internal sealed record Reject(PairSide Side, Receipt Receipt);

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
