using System.Globalization;
using System.Text.RegularExpressions;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Refuses a repair that would lose rows or ids, and says what became of the file and how to get back.</summary>
internal sealed partial class RepairGuard(SqliteJoinStoreOptions options, IDisk disk)
{
    private const int Shown = 120;
    private const string NotReplaced = "The index was not replaced, and still has every row that it had.";
    private const string Back =
        "Put back a copy of the file from before (spreadsheets keep one only if they are asked to), or undo the edit, and repair "
        + "again.";

    /// <summary>Checks that every line of the files is a row.</summary>
    /// <exception cref="LedgerUnusableException">Some are not.</exception>
    public void ThrowUnlessAllAreRows()
    {
        foreach (var file in (CsvLedgerOptions[])[options.Ledger, options.Late])
        {
            foreach (var path in Files(file))
            {
                ThrowUnlessAllAreRows(file, path);
            }
        }
    }

    /// <summary>
    /// Checks that each row of the files is one of the new index. Two ids may print alike, such as the number 1.5 and the string "1.5": if
    /// a row is there twice for that reason, the alias gets the second one.
    /// </summary>
    /// <param name="database">The new index, after the files were indexed.</param>
    /// <param name="file">The ledger, or the late joins.</param>
    /// <param name="stage">The stage of its rows.</param>
    /// <param name="isOfFormer">Tells whether the former index has a pair of this key with a row; null if there is none to ask.</param>
    /// <returns>How many rows an alias got.</returns>
    /// <exception cref="LedgerUnusableException">Rows have the id of another row.</exception>
    public long SettleDoubles(SqliteDatabase database, CsvLedgerOptions file, PairStage stage, Func<string, bool>? isOfFormer)
    {
        using var tally = new RowTally(database);
        var rows = 0L;
        foreach (var path in Files(file))
        {
            using var opened = disk.OpenToRead(path);
            foreach (var page in opened is null ? [] : CsvScan.Pages(opened, file, path, opened.Length, default))
            {
                rows += page.Rows.Count;
                foreach (var row in page.Rows)
                {
                    tally.Add(row.Id, row.YTrue, row.YPred, 1);
                }
            }
        }

        foreach (var (id, yTrue, yPred) in new SqliteCensus(database).Rows(stage))
        {
            tally.Add(id, yTrue, yPred, -1);
        }

        var pairs = new PairTable(database);
        var (settled, lost, example) = (0L, 0L, "");
        foreach (var (id, yTrue, yPred, times) in tally.Uneven(isMore: true).ToList())
        {
            var row = new LedgerRow(id, yTrue, yPred, Math.Abs(yTrue - yPred));
            var left = times;
            foreach (var key in options.Models.Candidates(id, options.UnifyIds))
            {
                var text = key.ToString();
                var known = pairs.Find(key, text, out var isAlias);
                if (left > 0 && isAlias && known.YTrue == yTrue && known.YPred == yPred && isOfFormer?.Invoke(text) != false)
                {
                    pairs.PutRow(text, stage, row, key.Model);
                    (left, settled) = (left - 1, settled + 1);
                }
            }

            (lost, example) = (lost + left, left > 0 ? id : example);
        }

        return lost == 0 ? settled : throw new LedgerUnusableException(string.Create(CultureInfo.InvariantCulture,
            $"'{file.Path}' has {rows} rows, and {lost} of them have the id of another row, such as {example}: a repair would keep only " +
            $"{rows - lost}. If many ids are shorter than they were, a spreadsheet has rounded them. {Back} " +
            $"If another program wrote rows twice, take those out by hand. {NotReplaced}"));
    }

    /// <summary>Makes the error of a file whose ids are not those that the store wrote.</summary>
    public LedgerUnusableException ChangedIds(long changed) => new(string.Create(CultureInfo.InvariantCulture,
        $"'{options.Ledger.Path}' has {changed} or more rows with the values of a row that the store wrote and with another id: " +
        $"the ids were changed, as a spreadsheet does when it rounds them. {Back} {NotReplaced}"));

    private static bool IsDecimalComma(string line, char delimiter) =>
        (delimiter == ',' ? QuotedDecimalComma() : DecimalComma()).IsMatch(line);

    // Only the number columns count: an id may be any text.
    [GeneratedRegex(@"[;\t|]""?-?\d+,\d+""?([;\t|]|$)")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@",""-?\d+,\d+""(,|$)")]
    private static partial Regex QuotedDecimalComma();

    private IEnumerable<string> Files(CsvLedgerOptions file) => file.Path == options.Ledger.Path
        ? CsvSegments.Numbers(disk, file.Path).Select(number => CsvSegments.Path(file.Path, number)).Append(file.Path)
        : [file.Path];

    private void ThrowUnlessAllAreRows(CsvLedgerOptions file, string path)
    {
        using var opened = disk.OpenToRead(path);
        var (rows, unreadable, first) = (0L, 0L, "");
        foreach (var page in opened is null ? [] : CsvScan.Pages(opened, file, path, opened.Length, default))
        {
            first = unreadable == 0 ? page.FirstUnreadable ?? "" : first;
            (rows, unreadable) = (rows + page.Rows.Count, unreadable + page.Unreadable);
        }

        if (unreadable > 0)
        {
            var shown = first.Length > Shown ? first[..Shown] + "…" : first;
            var why = IsDecimalComma(first, file.Delimiter)
                ? "Its numbers have decimal commas: a spreadsheet has saved it. " + Back
                : "It was edited. Correct those lines, or take them out, and repair again.";
            throw new LedgerUnusableException(string.Create(CultureInfo.InvariantCulture,
                $"'{path}' has {rows + unreadable} lines, and {unreadable} of them are not rows; the first is '{shown}'. " +
                $"{why} {NotReplaced}"));
        }
    }
}
