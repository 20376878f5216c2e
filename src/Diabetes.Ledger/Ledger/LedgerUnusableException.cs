namespace Diabetes.Ledger;

/// <summary>The ledger cannot be used as it is and waiting will not help: somebody else writes it, or it is not a ledger of this kind.</summary>
public sealed class LedgerUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
