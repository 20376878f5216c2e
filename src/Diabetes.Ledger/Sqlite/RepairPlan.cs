using System.Globalization;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Repairs a store in four steps. A crash at any of them leaves the former index or the new one, and the repair can be run again.
/// </summary>
internal sealed class RepairPlan(SqliteJoinStoreOptions options, string kept, bool withoutArchived, IDisk disk, ILogger logger,
    Action<string> step)
{
    private readonly FreshIndex _fresh = new(options, disk, logger);

    public async Task<SqliteStoreRepairReport> RunAsync()
    {
        CopyFormer();
        var report = await WriteRedoOfFormerAsync().ConfigureAwait(false);
        using var @lock = StoreLock.Take(options.Path);
        report = await BuildFreshAsync(report).ConfigureAwait(false);
        ReplaceFormer();
        return report;
    }

    /// <summary>Copies the former index before SQLite opens it: opening a damaged file may damage it further.</summary>
    private void CopyFormer()
    {
        LocalDisk.Instance.CreateFolder(ParentFolder.Of(options.Path));
        using var @lock = StoreLock.Take(options.Path);
        _fresh.Delete();
        step("copy");
        foreach (var part in StorePaths.DataParts.Where(part => File.Exists(options.Path + part)))
        {
            File.Copy(options.Path + part, kept + part);
            using var copy = LocalDisk.Instance.Open(kept + part);
            copy.Sync();
        }

        LocalDisk.Instance.SyncFolder(ParentFolder.Of(kept));
    }

    /// <summary>Opens and closes the former store, which writes its redo to its files.</summary>
    private async Task<SqliteStoreRepairReport> WriteRedoOfFormerAsync()
    {
        if (!File.Exists(options.Path))
        {
            return new SqliteStoreRepairReport(null, false, null, 0, 0, 0);
        }

        var report = new SqliteStoreRepairReport(kept, true, null, 0, 0, 0);
        try
        {
            await SqliteJoinStore.Open(options, disk, logger).DisposeAsync().ConfigureAwait(false);
            return report;
        }
        catch (StoreUnusableException damaged)
        {
            Log.StoreNotClosedCleanly(logger, options.Path, damaged.Message);
            return report with { Unsettled = damaged.Message };
        }
    }

    /// <summary>
    /// Builds the new index beside the former one. If that fails, the former one is as it was, and the node may start on it.
    /// </summary>
    private async Task<SqliteStoreRepairReport> BuildFreshAsync(SqliteStoreRepairReport report)
    {
        step("build");
        try
        {
            if (report.Carried)
            {
                try
                {
                    return await _fresh.BuildAsync(report).ConfigureAwait(false);
                }
                catch (StoreUnusableException damaged)
                {
                    report = report with { Carried = false, Unsettled = report.Unsettled ?? damaged.Message };
                }
            }

            if (!withoutArchived)
            {
                ThrowIfIdsAreLost();
            }

            return await _fresh.BuildAsync(report).ConfigureAwait(false);
        }
        catch
        {
            _fresh.Delete();
            throw;
        }
    }

    /// <summary>
    /// Renames the new index to the store's name. The former write-ahead log goes first, since SQLite must not find it beside the new
    /// index. A crash in between loses nothing: the log is empty, unless the former index cannot be read.
    /// </summary>
    private void ReplaceFormer()
    {
        var folder = ParentFolder.Of(options.Path);
        step("log");
        File.Delete(options.Path + "-wal");
        File.Delete(options.Path + "-shm");
        LocalDisk.Instance.SyncFolder(folder);
        step("rename");
        File.Move(_fresh.Path, options.Path, overwrite: true);
        step("renamed");
        LocalDisk.Instance.SyncFolder(folder);
        _fresh.Delete();
    }

    private void ThrowIfIdsAreLost()
    {
        if (CsvSegments.Absent(disk, options.Ledger.Path, FormerIndex.ClosedSegments(options.Path)) is { Count: > 0 } absent)
        {
            throw new StoreUnusableException(string.Create(
                CultureInfo.InvariantCulture,
                $"{absent.Count} closed segments are not beside '{options.Ledger.Path}' " +
                $"({CsvSegments.Names(options.Ledger.Path, absent)}), and there is no former index to tell what is in them: " +
                $"an id of theirs that is delivered again would be joined again. Put them back and repair again; " +
                $"or add --without-archived if none of their ids can come again. The index was not replaced."));
        }
    }
}
