using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Creates the tables of a store that are missing; the node that starts first does it.</summary>
internal static class PostgresSchema
{
    /// <summary>
    /// Keeps keys as bytes: an id may hold a NUL, which text may not. "pending" has the halves that wait, and orphans; "ledger" only grows.
    /// "state" has one row: the last position, the number of late rows, and the format. "writers" has the last batch of each node: if its
    /// connection breaks, it can find out whether the batch was committed.
    /// </summary>
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS ledger (
            position bigint PRIMARY KEY, key bytea NOT NULL UNIQUE, id text NOT NULL, model text,
            y_true double precision NOT NULL, y_pred double precision NOT NULL,
            absolute_error double precision NOT NULL, late boolean NOT NULL
        );
        CREATE TABLE IF NOT EXISTS pending (
            key bytea PRIMARY KEY, orphaned boolean NOT NULL, id text NOT NULL, model text,
            y_true double precision, y_pred double precision, since timestamptz NOT NULL
        );
        CREATE INDEX IF NOT EXISTS pending_waiting ON pending (since) WHERE NOT orphaned;
        CREATE TABLE IF NOT EXISTS counts (
            side text PRIMARY KEY, received bigint NOT NULL, joined bigint NOT NULL, pending bigint NOT NULL,
            orphaned bigint NOT NULL, duplicates bigint NOT NULL, quarantined bigint NOT NULL
        );
        INSERT INTO counts VALUES ('y_true', 0, 0, 0, 0, 0, 0), ('y_pred', 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING;
        CREATE TABLE IF NOT EXISTS writers (writer uuid PRIMARY KEY, batch bigint NOT NULL, at timestamptz NOT NULL);
        DELETE FROM writers WHERE at < now() - interval '30 days';
        """;

    /// <summary>
    /// Number of this format. A format that an earlier program would misread gets a higher number. Nothing at a start may wait for readers
    /// (no ALTER TABLE): a running backup would block the start, and the start would block all other nodes.
    /// </summary>
    private const int Format = 1;

    private const string State = """
        CREATE TABLE IF NOT EXISTS state (
            one boolean PRIMARY KEY CHECK (one), position bigint NOT NULL, late_rows bigint NOT NULL, format integer NOT NULL
        );
        INSERT INTO state VALUES (true, 0, 0, 1) ON CONFLICT DO NOTHING;
        """;

    /// <summary>
    /// Takes the lock that every change of the store needs, until the transaction ends. Positions must follow the order of commits, or a
    /// follower that has read 7 would miss a 6 that comes later; and with the lock there are no deadlocks, and no two nodes that each hold
    /// one half of a pair. Nodes that wait for it gather larger batches meanwhile.
    /// </summary>
    /// <param name="schema">The schema, a plain name.</param>
    public static string Lock(string schema) => $"SELECT pg_advisory_xact_lock(hashtextextended('diabetes.store.{schema}', 0))";

    /// <summary>Creates what is missing.</summary>
    /// <exception cref="StoreUnusableException">The tables have a later format.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await RunAsync(connection, Lock(schema), cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {schema}", cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, State, cancellationToken).ConfigureAwait(false);
            var format = (await PostgresQueries.ReadAsync(connection, "SELECT format FROM state", [], static reader =>
                reader.GetInt32(0), cancellationToken)
                .ConfigureAwait(false)).Single();
            if (format != Format)
            {
                throw new StoreUnusableException(
                    $"The schema '{schema}' has tables of format {format}, which a later version of this program made; " +
                    $"this one knows {Format}. Run that version, or set metric.postgres.schema to another name.");
            }

            await RunAsync(connection, Tables, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
