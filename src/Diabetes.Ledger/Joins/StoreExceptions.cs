namespace Diabetes.Ledger.Joins;

/// <summary>
/// Reports that the store cannot commit now: the disk is full, a lock is held, the server is gone. Nothing changed; try again.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : IOException(message, innerException);

/// <summary>
/// Reports a store that cannot be used, where waiting does not help: it is damaged, another program's, or does not agree with its files.
/// </summary>
public sealed class StoreUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
