using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>
/// Follows the ledger of a PostgreSQL store, in the order of commits. Late joins are skipped, as they are not in the main file of a CSV
/// ledger either.
/// </summary>
public sealed class PostgresLedgerReader : ILedgerReader, IAsyncDisposable
{
    private const string Rows =
        "SELECT position, id, y_true, y_pred, absolute_error FROM ledger WHERE position > $1 AND NOT late ORDER BY position LIMIT $2";

    private const string UndefinedTable = "42P01";

    private readonly PostgresDatabase _database;

    /// <summary>Makes a reader; it connects when it is first used.</summary>
    /// <param name="options">The server.</param>
    /// <exception cref="StoreUnusableException">The URI is not a PostgreSQL URI, or the schema's name is not allowed.</exception>
    public PostgresLedgerReader(PostgresOptions options) => _database = new PostgresDatabase(options);

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The server does not answer; try again.</exception>
    public async ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return await _database.RunAsync(connection => ReadAsync(connection, position, limit, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<LedgerPage> ReadAsync(NpgsqlConnection connection, long position, int limit,
        CancellationToken cancellationToken)
    {
        try
        {
            var rows = await RowsAsync(connection, position, limit, cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0 && position > 0 && await LastAsync(connection, cancellationToken).ConfigureAwait(false) < position)
            {
                rows = await RowsAsync(connection, 0, limit, cancellationToken).ConfigureAwait(false);
                return Page(rows, 0, LedgerState.Restarted);
            }

            return Page(rows, position, LedgerState.Following);
        }
        catch (PostgresException fault) when (fault.SqlState == UndefinedTable)
        {
            return new LedgerPage([], 0, LedgerState.Missing, 0);
        }
    }

    private static LedgerPage Page(List<(long Position, LedgerRow Row)> rows, long position, LedgerState state) =>
        new(rows.ConvertAll(static row => row.Row), rows.Count > 0 ? rows[^1].Position : position, state, 0);

    private static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await PostgresQueries.ReadAsync(connection, "SELECT position FROM state", [], static reader =>
            reader.GetInt64(0), cancellationToken)
            .ConfigureAwait(false)).Single();

    private static Task<List<(long Position, LedgerRow Row)>> RowsAsync(NpgsqlConnection connection, long position, int limit,
        CancellationToken cancellationToken) =>
        PostgresQueries.ReadAsync(
            connection,
            Rows,
            [new NpgsqlParameter<long> { TypedValue = position }, new NpgsqlParameter<int> { TypedValue = limit }],
            static reader => (reader.GetInt64(0),
                new LedgerRow(PostgresText.Unescape(reader.GetString(1)), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4))),
            cancellationToken);
}
