using System.Globalization;
using System.Text;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Compares the counts of a SQLite store with its pairs, and its pairs with the rows of its files. It changes nothing and reads one
/// snapshot, so it may run while a node uses the store.
/// </summary>
public static class SqliteStoreAudit
{
    private const int Shown = 120;

    /// <summary>Reads all of the store.</summary>
    /// <exception cref="StoreUnusableException">The store is damaged, or another program's.</exception>
    /// <exception cref="LedgerUnusableException">The ledger has other columns.</exception>
    /// <exception cref="FileNotFoundException">There is no store.</exception>
    public static StoreAudit Run(SqliteJoinStoreOptions options, IDisk disk, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Path))
        {
            throw new FileNotFoundException($"There is no store '{options.Path}'. Name its folder with --logs DIR, " +
                $"or start the metric node, which creates it.");
        }

        using var database = SqliteDatabase.Open(options.Path, readOnly: true);
        SqliteSchema.ThrowUnlessOurs(database, options.Path);
        database.Execute("BEGIN");
        var (yTrue, yPred) = new CountTable(database).Read();
        var (ledger, late) = (new RedoLog(database, "ledger").ReadMark(), new RedoLog(database, "late").ReadMark());
        var counts = new StoreCounts(yTrue, yPred, ledger.Rows, late.Rows);
        var found = new SqliteCensus(database);
        return new StoreAudit(
            counts,
            [
                .. Behind(options, "ledger", options.Ledger, disk),
                .. Behind(options, "late", options.Late, disk),
                .. counts.Mismatch is { } mismatch ? [mismatch] : Array.Empty<string>(),
                .. Damage(database),
                .. Compare("y_true", yTrue, found.YTrue),
                .. Compare("y_pred", yPred, found.YPred),
                .. new RowComparison(options.Ledger, rotates: true, ledger, disk, database)
                    .Differences(found.Rows(PairStage.Joined), cancellationToken),
                .. new RowComparison(options.Late, rotates: false, late, disk, database)
                    .Differences(found.Rows(PairStage.JoinedLate), cancellationToken),
            ]);
    }

    /// <summary>
    /// Finds rows behind the committed length. A store commits that length before it writes the rows, so what is behind it is another
    /// program's, unless the file was closed or begun anew meanwhile.
    /// </summary>
    private static IEnumerable<string> Behind(SqliteJoinStoreOptions options, string name, CsvLedgerOptions file, IDisk disk)
    {
        using var database = SqliteDatabase.Open(options.Path, readOnly: true);
        var redo = new RedoLog(database, name);
        var (before, length, mark) = (redo.ReadMark(), disk.Length(file.Path) ?? 0, redo.ReadMark());
        if (mark.Length == 0 || length <= mark.Length || mark.Closing || before.Closing || mark.Segment != before.Segment
            || mark.Length < before.Length)
        {
            yield break;
        }

        using var opened = disk.OpenToRead(file.Path);
        var row = new byte[Shown];
        row = opened is null ? [] : row[..opened.Read(mark.Length, row)];
        yield return string.Create(CultureInfo.InvariantCulture,
            $"'{file.Path}' has {length - mark.Length} bytes behind the {mark.Length} that the store wrote: another program appended " +
            $"'{Encoding.UTF8.GetString(row).Split('\n')[0].TrimEnd('\r')}'. Take that out by hand, or keep it: the next start " +
            $"indexes it.");
    }

    private static IEnumerable<string> Damage(SqliteDatabase database)
    {
        var check = database.Prepare("PRAGMA quick_check(1)");
        check.Step();
        if (check.Text(0) is { } verdict && verdict != "ok")
        {
            yield return $"SQLite finds the store damaged: {verdict}. Stop the node and restore a copy of the folder.";
        }

        check.Reset();
    }

    private static IEnumerable<string> Compare(string side, SideTally counted, SideTally found)
    {
        foreach (var (what, a, b) in new[]
        {
            ("joined", counted.Joined, found.Joined), ("pending", counted.Pending, found.Pending),
            ("orphaned", counted.Orphaned, found.Orphaned),
        })
        {
            if (a != b)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{side}: {a} halves are counted as {what}, " +
                    $"and the index has {b}. Another program changed the store; restore a copy of the folder.");
            }
        }
    }
}
