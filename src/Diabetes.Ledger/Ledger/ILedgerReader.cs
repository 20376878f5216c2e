namespace Diabetes.Ledger;

/// <summary>Follows a ledger by position, without reading anything twice.</summary>
public interface ILedgerReader
{
    /// <summary>
    /// Reads whole rows from <paramref name="position"/> on, as many as are there up to <paramref name="limit"/>. A torn last row is left for the next call.
    /// </summary>
    /// <param name="position">0 for the start, else <see cref="LedgerPage.Next"/> of the page before.</param>
    /// <param name="limit">Most rows in the page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken);
}
