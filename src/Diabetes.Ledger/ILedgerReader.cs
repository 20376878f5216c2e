namespace Diabetes.Ledger;

/// <summary>Follows a ledger by position, without reading anything twice.</summary>
public interface ILedgerReader
{
    /// <summary>
    /// Reads whole rows from <paramref name="position"/> on, as many as are there up to <paramref name="limit"/>. A torn last row is left for the next call.
    /// </summary>
    /// <param name="position">0 for the start, else <see cref="LedgerPage.Next"/> of the page before.</param>
    /// <param name="limit">Most rows in the page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken);
}

/// <summary>One joined pair, as the ledger keeps it.</summary>
/// <param name="Id">The id as Python prints it: no unit, not escaped.</param>
/// <param name="YTrue">Ground truth, in the target's unit.</param>
/// <param name="YPred">Prediction, in the target's unit.</param>
/// <param name="AbsoluteError">|y_true − y_pred|, in the target's unit.</param>
public readonly record struct LedgerRow(string Id, double YTrue, double YPred, double AbsoluteError);

/// <summary>What a reader found.</summary>
/// <param name="Rows">Rows in ledger order.</param>
/// <param name="Next">Position to go on from.</param>
/// <param name="State">Whether there is a ledger at all, and whether it began anew.</param>
/// <param name="Unreadable">Rows passed over because a number in them could not be read.</param>
public readonly record struct LedgerPage(IReadOnlyList<LedgerRow> Rows, long Next, LedgerState State, int Unreadable);

/// <summary>What a follower met at the position it asked for.</summary>
public enum LedgerState
{
    /// <summary>There is no ledger yet.</summary>
    Missing,

    /// <summary>The ledger goes on from the position asked for (with rows, or with none yet).</summary>
    Following,

    /// <summary>The ledger is shorter than the position: it was replaced, and the page starts at its beginning.</summary>
    Restarted,
}

/// <summary>The ledger cannot be used as it is and waiting will not help: somebody else writes it, or it is not a ledger of this kind.</summary>
public sealed class LedgerUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
