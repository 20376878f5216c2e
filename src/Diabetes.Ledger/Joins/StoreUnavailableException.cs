namespace Diabetes.Ledger;

/// <summary>The store did not take it, now: disk full, locked, server gone. Nothing changed, and trying again may help.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : IOException(message, innerException);
