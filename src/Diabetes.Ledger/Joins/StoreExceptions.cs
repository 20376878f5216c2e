namespace Diabetes.Ledger.Joins;

/// <summary>The store did not take it, now: disk full, locked, server gone. Nothing changed, and trying again may help.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : IOException(message, innerException);

/// <summary>The store cannot be used as it is, and waiting will not help: damaged, not one of ours, or at odds with its files.</summary>
public sealed class StoreUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
