using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Builds the index of a SQLite store anew from the ledger as it is. If the former index can be read, the new one takes over what no file
/// has: the halves that wait, the counts of duplicates and quarantined messages, the ids of archived segments, and the rows that were not
/// written yet. A copy of the former index is kept.
/// </summary>
public static class SqliteStoreRepair
{
    /// <summary>Tells whether there is something to build from: a store, a ledger, or closed segments.</summary>
    public static bool CanRun(SqliteJoinStoreOptions options, IDisk disk) =>
        File.Exists(options.Path) || disk.Length(options.Ledger.Path) is not null
            || CsvSegments.Numbers(disk, options.Ledger.Path).Count > 0;

    /// <summary>Repairs the store. No node may use it meanwhile.</summary>
    /// <param name="options">The store.</param>
    /// <param name="kept">File that gets the copy of the former index; it must not exist.</param>
    /// <param name="withoutArchived">
    /// Whether to repair even if the ids of archived segments are lost, because the former index cannot be read.
    /// </param>
    /// <param name="disk">Where the CSV files are.</param>
    /// <param name="logger">Gets what was found.</param>
    /// <exception cref="StoreUnusableException">The store is in use, or ids of archived segments would be lost.</exception>
    /// <exception cref="StoreUnavailableException">Another program reads the store.</exception>
    /// <exception cref="LedgerUnusableException">The ledger has other columns.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static Task<SqliteStoreRepairReport> RunAsync(SqliteJoinStoreOptions options, string kept, bool withoutArchived, IDisk disk,
        ILogger logger) =>
        RunAsync(options, kept, withoutArchived, disk, logger, static _ => { });

    /// <summary>
    /// Does the same, and calls <paramref name="step"/> before each step that changes what the next start finds, so that a test can throw
    /// there.
    /// </summary>
    internal static Task<SqliteStoreRepairReport> RunAsync(
        SqliteJoinStoreOptions options, string kept, bool withoutArchived, IDisk disk, ILogger logger, Action<string> step) =>
        new RepairPlan(options, kept, withoutArchived, disk, logger, step).RunAsync();
}

/// <summary>What a repair found.</summary>
/// <param name="Kept">The copy of the former index; null if there was no store.</param>
/// <param name="Carried">Whether the new index took over what the former one had beyond the files.</param>
/// <param name="Unsettled">Why the former store could not write its redo to its files; null if it could.</param>
/// <param name="Appended">Rows that only the former store had, and that are now in its files.</param>
/// <param name="Archived">
/// Rows of the former index that are in no file here, while closed segments are missing. The new index keeps them as rows of
/// those segments.
/// </param>
/// <param name="Dropped">
/// Rows of the former index that are in no file here, while no segment is missing. The new index does not have them.
/// </param>
public sealed record SqliteStoreRepairReport(string? Kept, bool Carried, string? Unsettled, long Appended, long Archived, long Dropped);
