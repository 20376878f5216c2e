using System.Text;
using Diabetes.Ledger.Csv;

namespace Diabetes.Ledger;

/// <summary>Writes any ledger as CSV: the very bytes that a CSV ledger of these rows has.</summary>
public static class LedgerExport
{
    private const int PageSize = 5_000;

    /// <summary>Writes the header and all rows that are there; nothing where there is no ledger.</summary>
    /// <param name="reader">Where the rows come from.</param>
    /// <param name="options">How they look; the path is not used.</param>
    /// <param name="output">Gets them; not closed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows were written, and how many passed over that could not be read.</returns>
    /// <exception cref="FileNotFoundException">There is no ledger yet.</exception>
    /// <exception cref="IOException">The ledger was replaced meanwhile.</exception>
    public static async Task<(long Rows, long PassedOver)> WriteAsync(ILedgerReader reader, CsvLedgerOptions options, Stream output, CancellationToken cancellationToken)
    {
        var format = new CsvRows(options);
        var (rows, passedOver) = (0L, 0L);
        var page = await reader.ReadFromAsync(0, PageSize, cancellationToken).ConfigureAwait(false);
        if (page.State == LedgerState.Missing)
        {
            throw new FileNotFoundException("There is no ledger yet; the metric node makes it when it starts.");
        }

        await output.WriteAsync(Encoding.UTF8.GetBytes(options.Header + "\n"), cancellationToken).ConfigureAwait(false);
        while (page.Rows.Count + page.Unreadable > 0)
        {
            await output.WriteAsync(format.Format([.. page.Rows]), cancellationToken).ConfigureAwait(false);
            (rows, passedOver) = (rows + page.Rows.Count, passedOver + page.Unreadable);
            page = await reader.ReadFromAsync(page.Next, PageSize, cancellationToken).ConfigureAwait(false);
            if (page.State != LedgerState.Following)
            {
                throw new IOException("The ledger was replaced while it was read. Export it again.");
            }
        }

        return (rows, passedOver);
    }
}
