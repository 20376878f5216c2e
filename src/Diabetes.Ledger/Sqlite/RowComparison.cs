using System.Globalization;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Compares the rows of one CSV file and its closed segments, up to the committed length, with the pairs of the index: each row must be in
/// both, equally often.
/// </summary>
internal sealed class RowComparison(CsvLedgerOptions file, bool rotates, FileMark mark, IDisk disk, SqliteDatabase database)
{
    private const int Shown = 3;

    private long _unreadable;

    /// <summary>The file that the mark belongs to: the node may be renaming it at this moment.</summary>
    private string Current => rotates && disk.Length(Next) is not null ? Next : file.Path;

    private string Next => CsvSegments.Path(file.Path, mark.Segment + 1);

    /// <summary>Lists the differences, each as a sentence for an operator.</summary>
    public IEnumerable<string> Differences(IEnumerable<(string Id, double YTrue, double YPred)> index, CancellationToken cancellationToken)
    {
        if (mark.Closing && (disk.Length(file.Path) ?? 0) < mark.Length && disk.Length(Next) is null)
        {
            // It was renamed and archived.
            mark = mark with { Segment = mark.Segment + 1, Length = 0 };
        }

        var length = CurrentLength();
        if (length < mark.Length)
        {
            yield return length >= mark.Synced
                ? string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' has {length} bytes of {mark.Length} that are committed; " +
                    $"the store has the rest. Start the metric node, which writes it, and verify again.")
                : string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' has {length} bytes where {mark.Synced} were committed: " +
                    $"it was cut or taken away. Put the right file back, or run `diabetes verify --repair`.");
            yield break;
        }

        using var rows = new RowTally(database);
        var there = rotates
            ? CsvSegments.Numbers(disk, file.Path)
                .Where(number => number <= mark.Segment && CountClosed(number, rows, cancellationToken)).ToList()
            : [];
        CountCurrent(rows, cancellationToken);
        foreach (var (id, yTrue, yPred) in index)
        {
            rows.Add(id, yTrue, yPred, -1);
        }

        if (_unreadable > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Named(there)} has {_unreadable} lines that are not rows: " +
                $"it was edited. Correct them by hand.");
        }

        if (Name(rows.Uneven(isMore: true)) is { } unknown)
        {
            yield return $"{Named(there)} has rows that the index does not know, or has them twice: {unknown}. " +
                $"Another program wrote to it; take them out by hand.";
        }

        if (Name(rows.Uneven(isMore: false)) is { } missing)
        {
            yield return there.Count == mark.Segment
                ? $"{Named(there)} lacks rows that the index has: {missing}. It was edited; put the right file back."
                : $"{Named(there)} lacks rows that the index has: {missing}. {Absent(there)} Put back the archived segments to verify " +
                    $"all rows; the nodes do not need them.{Taken(there)}";
        }
    }

    private long CurrentLength()
    {
        var path = Current;
        var length = disk.Length(path) ?? 0;

        // The node may rename it between the two calls, but not twice.
        return Current == path ? length : disk.Length(Current) ?? 0;
    }

    private string Named(List<int> there) => there.Count == 0 ? $"'{file.Path}'" : $"'{file.Path}' with its {there.Count} closed segments";

    private string Absent(List<int> there)
    {
        var absent = Enumerable.Range(1, mark.Segment).Except(there).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{absent.Count} of its {mark.Segment} closed segments are not beside it " +
            $"({CsvSegments.Names(file.Path, absent)}).");
    }

    /// <summary>Names the command that makes a closed segment of a file that logrotate took, if there is one beside the ledger.</summary>
    private string Taken(List<int> there)
    {
        var name = Path.GetFileName(file.Path);
        var taken = disk.Names(ParentFolder.Of(file.Path))
            .Where(other => other.StartsWith(name, StringComparison.Ordinal)
                && other.AsSpan(name.Length) is ['.' or '-', .. { Length: > 0 } number]
                && !number.ContainsAnyExceptInRange('0', '9'))
            .Order(StringComparer.Ordinal).FirstOrDefault();
        var segment = CsvSegments.Path(file.Path, Enumerable.Range(1, mark.Segment).Except(there).First());
        return taken is null ? "" : $" If '{taken}' is one of them, taken by a program such as logrotate, run: " +
            $"mv '{Path.Combine(ParentFolder.Of(file.Path), taken)}' '{Path.GetFullPath(segment)}'";
    }

    private static string? Name(IEnumerable<(string Id, double YTrue, double YPred, long Times)> rows)
    {
        var (count, shown) = (0L, new List<string>());
        foreach (var (id, yTrue, yPred, times) in rows)
        {
            count += Math.Abs(times);
            if (shown.Count < Shown)
            {
                shown.Add(string.Create(CultureInfo.InvariantCulture, $"{id} ({yTrue:R}, {yPred:R})"));
            }
        }

        return count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count}, such as {string.Join("; ", shown)}");
    }

    /// <returns>False if it was archived meanwhile.</returns>
    private bool CountClosed(int number, RowTally rows, CancellationToken cancellationToken)
    {
        var path = CsvSegments.Path(file.Path, number);
        using var opened = disk.OpenToRead(path);
        if (opened is not null)
        {
            Count(opened, path, opened.Length, rows, cancellationToken);
        }

        return opened is not null;
    }

    private void CountCurrent(RowTally rows, CancellationToken cancellationToken)
    {
        if (mark.Length == 0)
        {
            return;
        }

        var path = Current;
        var opened = disk.OpenToRead(path);
        if (Current != path)
        {
            opened?.Dispose();
            path = Current;
            opened = disk.OpenToRead(path);
        }

        using (opened)
        {
            if (opened is not null)
            {
                Count(opened, path, mark.Length, rows, cancellationToken);
            }
        }
    }

    private void Count(IDiskFile opened, string path, long length, RowTally rows, CancellationToken cancellationToken)
    {
        var end = 0L;
        foreach (var page in CsvScan.Pages(opened, file, path, length, cancellationToken))
        {
            foreach (var row in page.Rows)
            {
                rows.Add(row.Id, row.YTrue, row.YPred, 1);
            }

            (_unreadable, end) = (_unreadable + page.Unreadable, page.Next);
        }

        // The rest is an incomplete record. Without a page there is nothing behind the header.
        _unreadable += end > 0 && end < length ? 1 : 0;
    }
}
