namespace Diabetes.Ledger;

/// <summary>The store cannot be used as it is, and waiting will not help: damaged, not one of ours, or at odds with its files.</summary>
public sealed class StoreUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
