using System.Globalization;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Builds the index that a repair puts in the place of the former one. A store beside which it is found does not start: the repair was not
/// finished.
/// </summary>
internal sealed class FreshIndex(SqliteJoinStoreOptions options, IDisk disk, ILogger logger)
{
    private readonly RepairGuard _guard = new(options, disk);

    /// <summary>Where it is built.</summary>
    public string Path { get; } = options.Paths.Fresh;

    /// <summary>Builds it from nothing: begins it, indexes the files, and finishes it.</summary>
    /// <param name="report">What is known already; if it says so, the new index takes over what the former one has.</param>
    /// <returns>The report, with the rows that were appended, archived and dropped.</returns>
    /// <exception cref="StoreUnusableException">The former index cannot be read.</exception>
    /// <exception cref="LedgerUnusableException">Rows or ids would be lost.</exception>
    public async Task<SqliteStoreRepairReport> BuildAsync(SqliteStoreRepairReport report)
    {
        Delete();
        _guard.ThrowUnlessAllAreRows();
        report = Begin(report);
        await IndexFilesAsync().ConfigureAwait(false);
        return Finish(report);
    }

    /// <summary>Deletes it and what SQLite and the lock left beside it.</summary>
    public void Delete()
    {
        // The SQLite file itself goes last: while it is there, a start knows that the repair was not finished.
        foreach (var part in StorePaths.AllParts)
        {
            File.Delete(Path + part);
        }
    }

    private SqliteStoreRepairReport Begin(SqliteStoreRepairReport report)
    {
        using var database = SqliteDatabase.Open(Path, readOnly: false);
        SqliteSchema.Prepare(database, Path);
        if (report.Carried)
        {
            using var former = new FormerIndex(database, options.Path);
            former.CarryWaiting();
            return report with { Appended = AppendUnwrittenRows(former) };
        }

        // A number is given once, even if the segment that had it is gone.
        var closed = FormerIndex.ClosedSegments(options.Path);
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE files SET segment = {closed} WHERE name = 'ledger'"));
        return report;
    }

    private long AppendUnwrittenRows(FormerIndex former)
    {
        var closed = CsvSegments.Numbers(disk, options.Ledger.Path).Select(number => CsvSegments.Path(options.Ledger.Path, number));
        return Rows(options.Ledger).Append(former.Redo("ledger"), closed)
            + Rows(options.Late).Append(former.Redo("late"), [])
            + new UnwrittenRows(options.Paths.Orphans, OrphanRows.Header, ',', disk, logger).Append(former.Redo("orphans"), []);

        UnwrittenRows Rows(CsvLedgerOptions file) => new(file.Path, file.Header, file.Delimiter, disk, logger);
    }

    /// <summary>Opens and closes a store on the new index, which adopts every row of the files.</summary>
    private async Task IndexFilesAsync() =>
        await SqliteJoinStore.Open(options with { Path = Path, Rotation = LedgerRotation.Never }, disk, logger).DisposeAsync()
            .ConfigureAwait(false);

    private SqliteStoreRepairReport Finish(SqliteStoreRepairReport report)
    {
        using var database = SqliteDatabase.Open(Path, readOnly: false);
        if (!report.Carried)
        {
            SettleDoubles(database, former: null);
        }
        else
        {
            using var former = new FormerIndex(database, options.Path);
            SettleDoubles(database, former);
            var closed = database.Scalar("SELECT segment FROM files WHERE name = 'ledger'");
            var isArchived = CsvSegments.Absent(disk, options.Ledger.Path, closed).Count > 0;

            // With archived segments no id is lost: the new index takes over the ids that no file has. Equal values do not show a changed
            // id then, since other rows may have them.
            if (!isArchived && former.ChangedIds() is > 0 and var changed)
            {
                throw _guard.ChangedIds(changed);
            }

            var (archived, dropped) = former.CarryArchived(isArchived);
            report = report with { Archived = archived, Dropped = dropped };
            former.Merge();
        }

        // Without a write-ahead log it is one file, which can be renamed.
        database.Execute("PRAGMA main.journal_mode = DELETE");
        return report;
    }

    private void SettleDoubles(SqliteDatabase database, FormerIndex? former) => database.Transact(() =>
    {
        Func<string, bool>? isOfFormer = former is null ? null : former.HasRow;
        var ledger = _guard.SettleDoubles(database, options.Ledger, PairStage.Joined, isOfFormer);
        var late = _guard.SettleDoubles(database, options.Late, PairStage.JoinedLate, isOfFormer);
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            UPDATE main.counts SET received = received + {ledger + late}, joined = joined + {ledger + late};
            UPDATE main.files SET rows = rows + {ledger} WHERE name = 'ledger';
            UPDATE main.files SET rows = rows + {late} WHERE name = 'late';
            """));
    });
}
