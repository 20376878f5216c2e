using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Locks a SQLite store for one process, by a lock on a file beside it.</summary>
internal static class StoreLock
{
    /// <summary>Takes the lock, until the result is disposed of or the process ends.</summary>
    /// <exception cref="StoreUnusableException">Another process has the lock.</exception>
    public static IDisposable Take(string store)
    {
        try
        {
            return LocalDisk.Instance.Lock(store + ".lock");
        }
        catch (IOException fault)
        {
            throw new StoreUnusableException(
                $"The store '{store}' is in use by another process, or '{store}.lock' cannot be created: " +
                $"{fault.Message} Stop the other process, or give this node another logs.path.", fault);
        }
    }
}
