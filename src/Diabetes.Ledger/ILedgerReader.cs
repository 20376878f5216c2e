namespace Diabetes.Ledger;

/// <summary>Follows a ledger by position and reads each row once.</summary>
public interface ILedgerReader
{
    /// <summary>
    /// Reads whole rows from <paramref name="position"/> on, as many as are there up to <paramref name="limit"/>. An incomplete last row is
    /// left for the next call.
    /// </summary>
    /// <param name="position">0 for the start, else <see cref="LedgerPage.Next"/> of the page before.</param>
    /// <param name="limit">Most rows to read.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken);
}

/// <summary>One joined pair, as the ledger keeps it.</summary>
/// <param name="Id">The id as Python prints it: no unit, not escaped.</param>
/// <param name="YTrue">Ground truth, in the target's unit.</param>
/// <param name="YPred">Prediction, in the target's unit.</param>
/// <param name="AbsoluteError">|y_true − y_pred|, in the target's unit.</param>
public readonly record struct LedgerRow(string Id, double YTrue, double YPred, double AbsoluteError);

/// <summary>Holds the rows that one read found.</summary>
/// <param name="Rows">Rows in ledger order.</param>
/// <param name="Next">Position for the next read.</param>
/// <param name="State">Whether there is a ledger, and whether it was replaced.</param>
/// <param name="Unreadable">Rows that were skipped because a number in them could not be read.</param>
public readonly record struct LedgerPage(IReadOnlyList<LedgerRow> Rows, long Next, LedgerState State, int Unreadable);

/// <summary>Tells what a reader found at the position it asked for.</summary>
public enum LedgerState
{
    /// <summary>There is no ledger yet.</summary>
    Missing,

    /// <summary>The page starts at the position asked for; it may have no rows yet.</summary>
    Following,

    /// <summary>The ledger is shorter than the position: it was replaced, and the page starts at its beginning.</summary>
    Restarted,
}

/// <summary>
/// Reports a ledger that cannot be used, where waiting does not help: another program writes it, or it has other columns.
/// </summary>
public sealed class LedgerUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
