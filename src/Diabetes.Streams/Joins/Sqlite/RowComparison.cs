using System.Globalization;

namespace Diabetes.Streams;

/// <summary>Compares the rows of one CSV file, as far as the store committed them, with the pairs of the index, each as often as the other.</summary>
internal sealed class RowComparison(CsvLedgerOptions file, FileMark mark, IDisk disk)
{
    private const int PageSize = 10_000;
    private const int Shown = 3;

    public IEnumerable<string> Differences(IEnumerable<(string Id, double YTrue, double YPred)> index, CancellationToken cancellationToken)
    {
        var length = disk.Length(file.Path) ?? 0;
        if (length < mark.Length)
        {
            yield return length >= mark.Synced
                ? string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' has {length} bytes of {mark.Length} that are committed; the store has the others. Start the metric node, which writes them, and verify again.")
                : string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' has {length} bytes where {mark.Synced} were committed: it was cut or taken away. Put the right file back.");
            yield break;
        }

        var (inFile, unreadable) = Count(cancellationToken);
        foreach (var row in index)
        {
            inFile[row] = inFile.GetValueOrDefault(row) - 1;
        }

        if (unreadable > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' has {unreadable} lines that are no rows: it was edited. Mend them by hand.");
        }

        if (Name(inFile.Where(static row => row.Value > 0)) is { } unknown)
        {
            yield return $"'{file.Path}' has rows that the index does not know, or has them twice: {unknown}. Somebody else wrote to it; take them out by hand.";
        }

        if (Name(inFile.Where(static row => row.Value < 0)) is { } missing)
        {
            yield return $"'{file.Path}' lacks rows that the index has: {missing}. It was edited; put the right file back.";
        }
    }

    private static string? Name(IEnumerable<KeyValuePair<(string Id, double YTrue, double YPred), long>> rows)
    {
        var all = rows.Select(row => (row.Key, Times: Math.Abs(row.Value))).ToList();
        var shown = all.Take(Shown).Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row.Key.Id} ({row.Key.YTrue:R}, {row.Key.YPred:R})"));
        return all.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{all.Sum(row => row.Times)}, such as {string.Join("; ", shown)}");
    }

    private (Dictionary<(string Id, double YTrue, double YPred), long> Rows, long Unreadable) Count(CancellationToken cancellationToken)
    {
        var rows = new Dictionary<(string, double, double), long>();
        var unreadable = 0L;
        if (mark.Length == 0)
        {
            return (rows, 0);
        }

        using var opened = disk.Open(file.Path);
        var start = CsvHeader.End(opened, file.Path, file.Header, file.Delimiter) ?? mark.Length;
        var layout = new CsvLayout((byte)file.Delimiter, 0, 1, 2, 3, start);
        var buffer = new byte[1024 * 1024];
        for (var position = start; position < mark.Length;)
        {
            var page = new CsvPage(PageSize);
            page.Read(layout, Committed, buffer, position, cancellationToken);
            foreach (var row in page.Rows)
            {
                rows[(row.Id, row.YTrue, row.YPred)] = rows.GetValueOrDefault((row.Id, row.YTrue, row.YPred)) + 1;
            }

            unreadable += page.Unreadable;
            if (page.Next == position)
            {
                // What is left is no whole record.
                unreadable++;
                break;
            }

            position = page.Next;
        }

        return (rows, unreadable);

        // A node that runs is writing behind it.
        int Committed(long position, Span<byte> destination) => opened.Read(position, destination[..(int)Math.Min(destination.Length, mark.Length - position)]);
    }
}
