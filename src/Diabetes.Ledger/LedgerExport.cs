using System.Text;
using Diabetes.Ledger.Csv;

namespace Diabetes.Ledger;

/// <summary>Writes any ledger as CSV, byte for byte as a CSV ledger with these rows.</summary>
public static class LedgerExport
{
    private const int PageSize = 5_000;

    /// <summary>Writes the header and all rows; nothing if there is no ledger.</summary>
    /// <param name="reader">Where the rows come from.</param>
    /// <param name="options">Columns and delimiter; the path is not used.</param>
    /// <param name="output">Gets the bytes; it is not closed.</param>
    /// <param name="cancellationToken">Stops the export.</param>
    /// <returns>How many rows were written, and how many were skipped because they could not be read.</returns>
    /// <exception cref="FileNotFoundException">There is no ledger yet.</exception>
    /// <exception cref="IOException">The ledger was replaced during the export.</exception>
    public static async Task<(long Rows, long Skipped)> WriteAsync(ILedgerReader reader, CsvLedgerOptions options, Stream output,
        CancellationToken cancellationToken)
    {
        var format = new CsvRows(options);
        var (rows, skipped) = (0L, 0L);
        var page = await reader.ReadFromAsync(0, PageSize, cancellationToken).ConfigureAwait(false);
        if (page.State == LedgerState.Missing)
        {
            throw new FileNotFoundException("There is no ledger yet. Start the metric node, which creates it.");
        }

        await output.WriteAsync(Encoding.UTF8.GetBytes(options.Header + "\n"), cancellationToken).ConfigureAwait(false);
        while (page.Rows.Count + page.Unreadable > 0)
        {
            await output.WriteAsync(format.Format([.. page.Rows]), cancellationToken).ConfigureAwait(false);
            (rows, skipped) = (rows + page.Rows.Count, skipped + page.Unreadable);
            page = await reader.ReadFromAsync(page.Next, PageSize, cancellationToken).ConfigureAwait(false);
            if (page.State != LedgerState.Following)
            {
                throw new IOException("The ledger was replaced during the export. Export it again.");
            }
        }

        return (rows, skipped);
    }
}
