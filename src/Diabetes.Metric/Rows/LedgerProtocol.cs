using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric.Rows;

/// <summary>
/// Lists the messages that a <see cref="LedgerActor"/> understands and sends. It sends the verdicts to the origins of the receipts; see
/// <see cref="OfferProtocol.Settled"/>.
/// </summary>
public static class LedgerProtocol
{
    /// <summary>
    /// Asks to commit halves, in this order: a pair that met in memory, or one half that waited long enough for the other.
    /// </summary>
    internal sealed record Commit(Offer First, Offer? Second = null);

    /// <summary>
    /// Asks to commit a half whose verdict did not arrive in time. It has no effect if the half is in the batch; if the verdict is known,
    /// it is sent again.
    /// </summary>
    internal sealed record Alone(Offer Half);

    /// <summary>Asks to count an unreadable message. The stage that holds it sets it aside when it receives the verdict.</summary>
    internal sealed record Reject(PairSide Side, Receipt Receipt);

    /// <summary>Asks to commit the batch now. The answer is <see cref="State"/>.</summary>
    public sealed record Flush
    {
        public static readonly Flush Instance = new();
    }

    /// <summary>Asks for <see cref="State"/> once this many pairs have been joined since the node started.</summary>
    public sealed record WhenJoined(long Pairs);

    /// <summary>Asks for <see cref="State"/>.</summary>
    public sealed record GetState
    {
        public static readonly GetState Instance = new();
    }

    /// <summary>Reports the counts of the ledger.</summary>
    /// <param name="Joined">The number of pairs joined since the node started, including late ones.</param>
    /// <param name="Waiting">The number of halves and unreadable messages that are not yet committed.</param>
    /// <param name="Store">The counts of the store over all runs; null while it does not answer.</param>
    public sealed record State(long Joined, int Waiting, StoreCounts? Store);
}
