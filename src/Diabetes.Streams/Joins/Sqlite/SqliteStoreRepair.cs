using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>
/// Builds the index of a SQLite store anew from the ledger as it is. Halves that wait, and the counts that no file has, are taken over from the former index if
/// that can be read; it is kept in any case.
/// </summary>
public static class SqliteStoreRepair
{
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    /// <summary>Whether there is a store or a ledger, whole or in closed segments alone.</summary>
    public static bool CanRun(SqliteJoinStoreOptions options, IDisk disk) =>
        File.Exists(options.Path) || disk.Length(options.Ledger.Path) is not null || CsvSegments.Numbers(disk, options.Ledger.Path).Count > 0;

    /// <param name="options">The store.</param>
    /// <param name="kept">Where the former index goes.</param>
    /// <param name="disk">Where the CSV files are.</param>
    /// <param name="logger">Told what was found.</param>
    /// <returns>Whether what waits was taken over; false where the former index cannot be read.</returns>
    /// <exception cref="LedgerUnusableException">The ledger has other columns.</exception>
    /// <exception cref="IOException">The store is in use, or the disk does not let us.</exception>
    public static async Task<bool> RunAsync(SqliteJoinStoreOptions options, string kept, IDisk disk, ILogger logger)
    {
        await SettleAsync(options, disk, logger).ConfigureAwait(false);
        bool carried;
        using (LocalDisk.Instance.Lock(options.Path + ".lock"))
        {
            var fresh = options.Path + ".new";
            carried = Build(fresh, options.Path);
            Move(options.Path, kept);
            Move(fresh, options.Path);
        }

        await SqliteJoinStore.Open(options, disk, logger).DisposeAsync().ConfigureAwait(false);
        return carried;
    }

    /// <summary>Has the former store write to its files what it committed and did not get to, if it can still be opened.</summary>
    private static async Task SettleAsync(SqliteJoinStoreOptions options, IDisk disk, ILogger logger)
    {
        try
        {
            await SqliteJoinStore.Open(options, disk, logger).DisposeAsync().ConfigureAwait(false);
        }
        catch (StoreUnusableException damaged)
        {
            Log.StoreNotClosedCleanly(logger, options.Path, damaged.Message);
        }
    }

    private static bool Build(string fresh, string former)
    {
        try
        {
            Create(fresh, former);
            return true;
        }
        catch (StoreUnusableException)
        {
            Create(fresh, former: null);
            return false;
        }
    }

    private static void Create(string fresh, string? former)
    {
        Array.ForEach(Parts, part => File.Delete(fresh + part));
        using var database = SqliteDatabase.Open(fresh, readOnly: false);
        SqliteSchema.Prepare(database, fresh);
        if (former is null || !File.Exists(former))
        {
            return;
        }

        database.Execute($"""
            ATTACH '{former.Replace("'", "''", StringComparison.Ordinal)}' AS former;
            BEGIN;
            INSERT INTO main.pairs SELECT key, stage, id, model, y_true, y_pred, since FROM former.pairs WHERE stage IN (1, 2);
            UPDATE main.counts SET
                pending = CASE side WHEN 'y_true' THEN (SELECT count(y_true) FROM main.pairs WHERE stage = 1) ELSE (SELECT count(y_pred) FROM main.pairs WHERE stage = 1) END,
                orphaned = CASE side WHEN 'y_true' THEN (SELECT count(y_true) FROM main.pairs WHERE stage = 2) ELSE (SELECT count(y_pred) FROM main.pairs WHERE stage = 2) END,
                duplicates = (SELECT duplicates FROM former.counts AS f WHERE f.side = main.counts.side),
                quarantined = (SELECT quarantined FROM former.counts AS f WHERE f.side = main.counts.side);
            UPDATE main.files SET segment = (SELECT segment FROM former.files AS f WHERE f.name = main.files.name);
            UPDATE main.counts SET received = pending + orphaned + duplicates + quarantined;
            COMMIT;
            DETACH former;
            """);
    }

    private static void Move(string from, string to)
    {
        foreach (var part in Parts.Where(part => File.Exists(from + part)))
        {
            File.Move(from + part, to + part);
        }
    }
}
