using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Reads what a store needs besides its batches.</summary>
internal static class PostgresQueries
{
    private const string Orphans = """
        WITH oldest AS (SELECT key FROM pending WHERE NOT orphaned AND since <= $1 ORDER BY since LIMIT $2),
        gone AS (
            UPDATE pending p SET orphaned = true FROM oldest WHERE p.key = oldest.key
            RETURNING p.id, p.model, p.y_true, p.y_pred, p.since)
        SELECT * FROM gone ORDER BY since
        """;

    private const string Counts = """
        SELECT c.received, c.joined, c.pending, c.orphaned, c.duplicates, c.quarantined, s.position, s.late_rows
        FROM counts c, state s ORDER BY c.side DESC
        """;

    public static Task<List<Orphan>> OrphanAsync(NpgsqlConnection connection, DateTimeOffset until, int limit,
        CancellationToken cancellationToken) => ReadAsync(
        connection,
        Orphans,
        [new NpgsqlParameter<DateTime> { TypedValue = until.UtcDateTime }, new NpgsqlParameter<int> { TypedValue = limit }],
        static reader => new Orphan(
            PostgresText.Unescape(reader.GetString(0)),
            reader.IsDBNull(1) ? null : PostgresText.Unescape(reader.GetString(1)),
            reader.IsDBNull(2) ? null : reader.GetDouble(2),
            reader.IsDBNull(3) ? null : reader.GetDouble(3),
            reader.GetFieldValue<DateTimeOffset>(4)),
        cancellationToken);

    public static async Task<StoreCounts> CountAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sides = await ReadAsync(
            connection,
            Counts,
            [],
            static reader => (
                new SideTally(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                    reader.GetInt64(5)),
                Rows: reader.GetInt64(6) - reader.GetInt64(7),
                LateRows: reader.GetInt64(7)),
            cancellationToken).ConfigureAwait(false);
        return new StoreCounts(sides[0].Item1, sides[1].Item1, sides[0].Rows, sides[0].LateRows);
    }

    /// <summary>Reads the number of the last batch that this writer committed; 0 if there is none.</summary>
    public static async Task<long> LastBatchAsync(NpgsqlConnection connection, Guid writer, CancellationToken cancellationToken) =>
        (await ReadAsync(
            connection, "SELECT batch FROM writers WHERE writer = $1", [new NpgsqlParameter<Guid> { TypedValue = writer }],
            static reader => reader.GetInt64(0), cancellationToken)
            .ConfigureAwait(false)).SingleOrDefault();

    public static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.AddRange(parameters);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(read(reader));
                }

                return rows;
            }
        }
    }
}
