using System.Text;

namespace Diabetes.Streams;

/// <summary>Writes any ledger as CSV: the very bytes that a CSV ledger of these rows has.</summary>
public static class LedgerExport
{
    private const int PageSize = 5_000;

    /// <summary>Writes the header and all rows that are there.</summary>
    /// <param name="reader">Where the rows come from.</param>
    /// <param name="options">How they look; the path is not used.</param>
    /// <param name="output">Gets them; not closed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows.</returns>
    public static async Task<long> WriteAsync(ILedgerReader reader, CsvLedgerOptions options, Stream output, CancellationToken cancellationToken)
    {
        var format = new CsvRows(options);
        await output.WriteAsync(Encoding.UTF8.GetBytes(options.Header + "\n"), cancellationToken).ConfigureAwait(false);
        var (position, count) = (0L, 0L);
        while (await reader.ReadFromAsync(position, PageSize, cancellationToken).ConfigureAwait(false) is { Rows.Count: > 0 } page)
        {
            await output.WriteAsync(format.Format([.. page.Rows]), cancellationToken).ConfigureAwait(false);
            (position, count) = (page.Next, count + page.Rows.Count);
        }

        return count;
    }
}
