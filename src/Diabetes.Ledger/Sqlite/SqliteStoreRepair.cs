using System.Globalization;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Builds the index of a SQLite store anew from the ledger as it is. From the former index, if that can be read, come the halves that wait, the counts that no file has, the ids
/// of closed segments that were archived, and the rows that it owes its files. The new one is whole before it takes the place of the former, in one step, of which a copy is kept.
/// </summary>
public static class SqliteStoreRepair
{
    private const int Shown = 3;

    /// <summary>Whether there is a store or a ledger, whole or in closed segments alone.</summary>
    public static bool CanRun(SqliteJoinStoreOptions options, IDisk disk) =>
        File.Exists(options.Path) || disk.Length(options.Ledger.Path) is not null || CsvSegments.Numbers(disk, options.Ledger.Path).Count > 0;

    /// <param name="options">The store.</param>
    /// <param name="kept">Where the former index goes.</param>
    /// <param name="withoutArchived">Whether to go on where the ids of archived segments would be lost, because the former index cannot be read.</param>
    /// <param name="disk">Where the CSV files are.</param>
    /// <param name="logger">Told what was found.</param>
    /// <exception cref="StoreUnusableException">The store is in use, or ids of archived segments would be lost.</exception>
    /// <exception cref="LedgerUnusableException">The ledger has other columns.</exception>
    /// <exception cref="IOException">The disk does not let us.</exception>
    public static Task<SqliteStoreRepairReport> RunAsync(SqliteJoinStoreOptions options, string kept, bool withoutArchived, IDisk disk, ILogger logger) =>
        RunAsync(options, kept, withoutArchived, disk, logger, static _ => { });

    /// <param name="options">The store.</param>
    /// <param name="kept">Where the former index goes.</param>
    /// <param name="withoutArchived">See the other one.</param>
    /// <param name="disk">Where the CSV files are.</param>
    /// <param name="logger">Told what was found.</param>
    /// <param name="step">Asked before each step that changes what the next start finds.</param>
    internal static async Task<SqliteStoreRepairReport> RunAsync(
        SqliteJoinStoreOptions options, string kept, bool withoutArchived, IDisk disk, ILogger logger, Action<string> step)
    {
        LocalDisk.Instance.CreateFolder(ParentFolder.Of(options.Path));
        using (StoreLock.Take(options.Path))
        {
            DeleteFresh(options);
            step("copy");
            Keep(options.Path, kept);
        }

        var hasFormer = File.Exists(options.Path);
        var unsettled = hasFormer ? await SettleAsync(options, disk, logger).ConfigureAwait(false) : null;
        using var @lock = StoreLock.Take(options.Path);
        step("build");
        SqliteStoreRepairReport report;
        try
        {
            report = await BuildAsync(options, new SqliteStoreRepairReport(hasFormer ? kept : null, hasFormer, unsettled, 0, 0, 0), withoutArchived, disk, logger).ConfigureAwait(false);
        }
        catch
        {
            // The former is as good as it was: the node may start on it.
            DeleteFresh(options);
            throw;
        }

        Replace(options, step);
        return report;
    }

    /// <summary>What is built, until it takes its place. A store beside it does not start: the repair did not come to its end.</summary>
    internal static string Fresh(string store) => store + ".new";

    /// <summary>Has the former store write to its files what it committed and did not get to, if it can still be opened.</summary>
    /// <returns>Why it cannot.</returns>
    private static async Task<string?> SettleAsync(SqliteJoinStoreOptions options, IDisk disk, ILogger logger)
    {
        try
        {
            await SqliteJoinStore.Open(options, disk, logger).DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (StoreUnusableException damaged)
        {
            Log.StoreNotClosedCleanly(logger, options.Path, damaged.Message);
            return damaged.Message;
        }
    }

    private static async Task<SqliteStoreRepairReport> BuildAsync(
        SqliteJoinStoreOptions options, SqliteStoreRepairReport report, bool withoutArchived, IDisk disk, ILogger logger)
    {
        try
        {
            if (report.Carried)
            {
                return await BuildAsync(options, report, disk, logger).ConfigureAwait(false);
            }
        }
        catch (StoreUnusableException damaged)
        {
            report = report with { Carried = false, Unsettled = report.Unsettled ?? damaged.Message };
        }

        if (!withoutArchived)
        {
            ThrowIfIdsAreLost(options, disk);
        }

        return await BuildAsync(options, report, disk, logger).ConfigureAwait(false);
    }

    private static async Task<SqliteStoreRepairReport> BuildAsync(SqliteJoinStoreOptions options, SqliteStoreRepairReport report, IDisk disk, ILogger logger)
    {
        DeleteFresh(options);
        var fresh = Fresh(options.Path);
        using (var database = SqliteDatabase.Open(fresh, readOnly: false))
        {
            SqliteSchema.Prepare(database, fresh);
            if (report.Carried)
            {
                using var former = new FormerIndex(database, options.Path);
                former.CarryWaiting();
                report = report with { Appended = Append(former, options, disk, logger) };
            }
            else
            {
                // No number is given twice, whatever became of what it was given to.
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE files SET segment = {Closed(options)} WHERE name = 'ledger'"));
            }
        }

        await SqliteJoinStore.Open(options with { Path = fresh, Rotation = LedgerRotation.Never }, disk, logger).DisposeAsync().ConfigureAwait(false);
        using (var database = SqliteDatabase.Open(fresh, readOnly: false))
        {
            if (report.Carried)
            {
                using var former = new FormerIndex(database, options.Path);
                var (archived, dropped) = former.CarryArchived(Absent(options, disk, database.Scalar("SELECT segment FROM files WHERE name = 'ledger'")).Count > 0);
                report = report with { Archived = archived, Dropped = dropped };
                former.Merge();
            }

            // One file, that can be renamed.
            database.Execute("PRAGMA main.journal_mode = DELETE");
        }

        return report;
    }

    private static long Append(FormerIndex former, SqliteJoinStoreOptions options, IDisk disk, ILogger logger)
    {
        var closed = CsvSegments.Numbers(disk, options.Ledger.Path).Select(number => CsvSegments.Path(options.Ledger.Path, number));
        return Rows(options.Ledger).Append(former.Redo("ledger"), closed)
            + Rows(options.Late).Append(former.Redo("late"), [])
            + new UnwrittenRows(options.OrphansPath, OrphanRows.Header, ',', disk, logger).Append(former.Redo("orphans"), []);

        UnwrittenRows Rows(CsvLedgerOptions file) => new(file.Path, file.Header, file.Delimiter, disk, logger);
    }

    private static List<int> Absent(SqliteJoinStoreOptions options, IDisk disk, long last)
    {
        var there = CsvSegments.Numbers(disk, options.Ledger.Path);
        return [.. Enumerable.Range(1, Math.Max((int)last, there.LastOrDefault())).Except(there)];
    }

    /// <summary>How many segments the former store has closed, as far as that can still be read of it.</summary>
    private static long Closed(SqliteJoinStoreOptions options)
    {
        if (!File.Exists(options.Path))
        {
            return 0;
        }

        try
        {
            using var former = SqliteDatabase.Open(options.Path, readOnly: true);
            return former.Scalar("SELECT segment + closing FROM files WHERE name = 'ledger'");
        }
        catch (StoreUnusableException)
        {
            return 0;
        }
    }

    private static void ThrowIfIdsAreLost(SqliteJoinStoreOptions options, IDisk disk)
    {
        if (Absent(options, disk, Closed(options)) is { Count: > 0 } absent)
        {
            var names = string.Join(", ", absent.Take(Shown).Select(number => $"'{Path.GetFileName(CsvSegments.Path(options.Ledger.Path, number))}'"));
            throw new StoreUnusableException(string.Create(
                CultureInfo.InvariantCulture,
                $"{absent.Count} closed segments are not beside '{options.Ledger.Path}' ({names}{(absent.Count > Shown ? ", ..." : "")}), and there is no former index to tell what is in them: an id of theirs that is delivered again would be joined again. Put them back and repair again; or add --without-archived if none of their ids can come again. The index was not replaced."));
        }
    }

    /// <summary>Copies the former store as it is, before SQLite has touched it: what is damaged it may make worse.</summary>
    private static void Keep(string store, string kept)
    {
        foreach (var part in ((string[])["", "-wal"]).Where(part => File.Exists(store + part)))
        {
            File.Copy(store + part, kept + part);
            using var copy = LocalDisk.Instance.Open(kept + part);
            copy.Sync();
        }

        LocalDisk.Instance.SyncFolder(ParentFolder.Of(kept));
    }

    /// <summary>
    /// A crash at any step leaves the former store, or the new one. In between the former may lack its write-ahead log, which must not be found beside the new one; it is
    /// empty unless the former cannot be read.
    /// </summary>
    private static void Replace(SqliteJoinStoreOptions options, Action<string> step)
    {
        var (store, disk) = (options.Path, LocalDisk.Instance);
        step("log");
        File.Delete(store + "-wal");
        File.Delete(store + "-shm");
        disk.SyncFolder(ParentFolder.Of(store));
        step("rename");
        File.Move(Fresh(store), store, overwrite: true);
        step("renamed");
        disk.SyncFolder(ParentFolder.Of(store));
        DeleteFresh(options);
    }

    private static void DeleteFresh(SqliteJoinStoreOptions options)
    {
        foreach (var part in (string[])["-wal", "-shm", ".lock", ""])
        {
            File.Delete(Fresh(options.Path) + part);
        }
    }
}

/// <summary>What a repair came upon.</summary>
/// <param name="Kept">Where the former index is; null where there was none.</param>
/// <param name="Carried">Whether what waited in it was taken over.</param>
/// <param name="Unsettled">Why the former store could not write to its files what it owed them; null where it could.</param>
/// <param name="Appended">Rows that only the former store had, and its files have now.</param>
/// <param name="Archived">Rows of the former index that are in no file, taken for those of closed segments that are not beside the ledger: in the new index all the same.</param>
/// <param name="Dropped">Rows of the former index that are in no file, though none is missing: not in the new index.</param>
public sealed record SqliteStoreRepairReport(string? Kept, bool Carried, string? Unsettled, long Appended, long Archived, long Dropped);
