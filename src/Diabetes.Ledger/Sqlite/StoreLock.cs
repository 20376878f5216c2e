using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>The lock file beside a SQLite store: one process at a time.</summary>
internal static class StoreLock
{
    /// <exception cref="StoreUnusableException">Another holds it.</exception>
    public static IDisposable Take(string store)
    {
        try
        {
            return LocalDisk.Instance.Lock(store + ".lock");
        }
        catch (IOException fault)
        {
            throw new StoreUnusableException(
                $"The store '{store}' is in use by another process, or '{store}.lock' cannot be made: {fault.Message} Stop the other one, or give this node another logs.path.", fault);
        }
    }
}
