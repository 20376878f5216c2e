using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>Reads all rows of one file of this system's format, page by page.</summary>
internal static class CsvScan
{
    private const int PageSize = 10_000;

    /// <summary>Reads the rows behind the header. An incomplete record at the end is not read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">Its header and delimiter.</param>
    /// <param name="path">Named in errors.</param>
    /// <param name="length">Bytes to read: a running node may write behind them.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <returns>The pages. <see cref="CsvPage.Next"/> of the last one is where the rows end.</returns>
    /// <exception cref="LedgerUnusableException">It begins with another header.</exception>
    public static IEnumerable<CsvPage> Pages(
        IDiskFile file, CsvLedgerOptions options, string path, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024 * 1024];
        var start = CsvHeader.End(file, path, options.Header, options.Delimiter) ?? length;
        var layout = new CsvLayout((byte)options.Delimiter, 0, 1, 2, 3, start);
        for (var position = start; position < length;)
        {
            var page = new CsvPage(PageSize);
            page.Read(layout, Bounded, buffer, position, cancellationToken);
            yield return page;
            if (page.Next == position)
            {
                yield break;
            }

            position = page.Next;
        }

        int Bounded(long position, Span<byte> destination) =>
            file.Read(position, destination[..(int)Math.Clamp(length - position, 0, destination.Length)]);
    }
}
