namespace Diabetes.Ledger;

/// <summary>What a reader found.</summary>
/// <param name="Rows">Rows in ledger order.</param>
/// <param name="Next">Position to go on from.</param>
/// <param name="State">Whether there is a ledger at all, and whether it began anew.</param>
/// <param name="Unreadable">Rows passed over because a number in them could not be read.</param>
public readonly record struct LedgerPage(IReadOnlyList<LedgerRow> Rows, long Next, LedgerState State, int Unreadable);
