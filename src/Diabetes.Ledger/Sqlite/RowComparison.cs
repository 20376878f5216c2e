using System.Globalization;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Compares the rows of one CSV file and its closed segments, up to the committed length, with the pairs of the index: each row must be in
/// both, equally often.
/// </summary>
internal sealed class RowComparison(CsvLedgerOptions file, bool rotates, FileMark mark, IDisk disk)
{
    private const int PageSize = 10_000;
    private const int Shown = 3;

    private readonly byte[] _buffer = new byte[1024 * 1024];
    private readonly Dictionary<(string Id, double YTrue, double YPred), long> _rows = [];
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

        var there = rotates
            ? CsvSegments.Numbers(disk, file.Path).Where(number => number <= mark.Segment && CountClosed(number, cancellationToken))
                .ToList()
            : [];
        CountCurrent(cancellationToken);
        foreach (var row in index)
        {
            _rows[row] = _rows.GetValueOrDefault(row) - 1;
        }

        if (_unreadable > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Named(there)} has {_unreadable} lines that are not rows: " +
                $"it was edited. Correct them by hand.");
        }

        if (Name(_rows.Where(static row => row.Value > 0)) is { } unknown)
        {
            yield return $"{Named(there)} has rows that the index does not know, or has them twice: {unknown}. " +
                $"Another program wrote to it; take them out by hand.";
        }

        if (Name(_rows.Where(static row => row.Value < 0)) is { } missing)
        {
            yield return there.Count == mark.Segment
                ? $"{Named(there)} lacks rows that the index has: {missing}. It was edited; put the right file back."
                : $"{Named(there)} lacks rows that the index has: {missing}. {Absent(there)} Put back the archived segments to verify " +
                    $"all rows; the nodes do not need them.";
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

    private static string? Name(IEnumerable<KeyValuePair<(string Id, double YTrue, double YPred), long>> rows)
    {
        var all = rows.Select(row => (row.Key, Times: Math.Abs(row.Value))).ToList();
        var shown = all.Take(Shown)
            .Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row.Key.Id} ({row.Key.YTrue:R}, {row.Key.YPred:R})"));
        return all.Count == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{all.Sum(row => row.Times)}, such as {string.Join("; ", shown)}");
    }

    /// <returns>False if it was archived meanwhile.</returns>
    private bool CountClosed(int number, CancellationToken cancellationToken)
    {
        var path = CsvSegments.Path(file.Path, number);
        using var opened = disk.OpenToRead(path);
        if (opened is not null)
        {
            Count(opened, path, opened.Length, cancellationToken);
        }

        return opened is not null;
    }

    private void CountCurrent(CancellationToken cancellationToken)
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
                Count(opened, path, mark.Length, cancellationToken);
            }
        }
    }

    private void Count(IDiskFile opened, string path, long length, CancellationToken cancellationToken)
    {
        var start = CsvHeader.End(opened, path, file.Header, file.Delimiter) ?? length;
        var layout = new CsvLayout((byte)file.Delimiter, 0, 1, 2, 3, start);
        for (var position = start; position < length;)
        {
            var page = new CsvPage(PageSize);
            page.Read(layout, Committed, _buffer, position, cancellationToken);
            foreach (var row in page.Rows)
            {
                _rows[(row.Id, row.YTrue, row.YPred)] = _rows.GetValueOrDefault((row.Id, row.YTrue, row.YPred)) + 1;
            }

            _unreadable += page.Unreadable;
            if (page.Next == position)
            {
                // The rest is an incomplete record.
                _unreadable++;
                break;
            }

            position = page.Next;
        }

        // Does not read what a running node writes behind it.
        int Committed(long position, Span<byte> destination) =>
            opened.Read(position, destination[..(int)Math.Min(destination.Length, length - position)]);
    }
}
