using System.Data;
using System.Globalization;
using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>
/// Compares the counts of a PostgreSQL store with its halves, rows and positions. It changes nothing and reads one snapshot, so nodes may
/// use the store meanwhile. The key of a pair is unique in the ledger; the audit checks that too.
/// </summary>
public static class PostgresStoreAudit
{
    private const string UndefinedTable = "42P01";

    private const string Ledger =
        "SELECT count(*), count(*) FILTER (WHERE late), coalesce(max(position), 0), count(*) - count(DISTINCT key) FROM ledger";

    private const string Waiting = """
        SELECT count(*) FILTER (WHERE y_true IS NOT NULL AND NOT orphaned), count(*) FILTER (WHERE y_true IS NOT NULL AND orphaned),
            count(*) FILTER (WHERE y_pred IS NOT NULL AND NOT orphaned), count(*) FILTER (WHERE y_pred IS NOT NULL AND orphaned),
            count(*) FILTER (WHERE num_nonnulls(y_true, y_pred) <> 1), (SELECT count(*) FROM pending JOIN ledger USING (key))
        FROM pending
        """;

    /// <summary>Reads all of the store.</summary>
    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    /// <exception cref="StoreUnusableException">The server refuses the login, or has no store in this schema.</exception>
    public static async Task<StoreAudit> RunAsync(PostgresOptions options, CancellationToken cancellationToken)
    {
        var database = new PostgresDatabase(options);
        await using (database.ConfigureAwait(false))
        {
            return await database.RunAsync(connection => RunAsync(options, connection, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task<StoreAudit> RunAsync(PostgresOptions options, NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using (moment.ConfigureAwait(false))
        {
            try
            {
                var counts = await PostgresQueries.CountAsync(connection, cancellationToken).ConfigureAwait(false);
                var rows = await NumbersAsync(connection, Ledger, cancellationToken).ConfigureAwait(false);
                var halves = await NumbersAsync(connection, Waiting, cancellationToken).ConfigureAwait(false);
                return new StoreAudit(counts, [.. Differences(counts, rows, halves)]);
            }
            catch (PostgresException fault) when (fault.SqlState == UndefinedTable)
            {
                throw new StoreUnusableException(
                    $"There is no store at {options} in the schema '{options.Schema}' ({fault.MessageText}). " +
                    $"Start the metric node, which creates one, or name another schema with metric.postgres.schema.", fault);
            }
        }
    }

    private static IEnumerable<string> Differences(StoreCounts counts, long[] rows, long[] halves)
    {
        if (counts.Mismatch is { } mismatch)
        {
            yield return mismatch;
        }

        (string What, long Counted, long Found)[] compared =
        [
            ("rows of the ledger", counts.Rows + counts.LateRows, rows[0]),
            ("rows of late joins", counts.LateRows, rows[1]),
            ("the last position", counts.Rows + counts.LateRows, rows[2]),
            ("halves of y_true that wait", counts.YTrue.Pending, halves[0]),
            ("orphans of y_true", counts.YTrue.Orphaned, halves[1]),
            ("halves of y_pred that wait", counts.YPred.Pending, halves[2]),
            ("orphans of y_pred", counts.YPred.Orphaned, halves[3]),
            ("rows whose key another row has", 0, rows[3]),
            ("waiting pairs with two halves or none", 0, halves[4]),
            ("waiting pairs that the ledger has", 0, halves[5]),
        ];
        foreach (var (what, counted, found) in compared)
        {
            if (counted != found)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: the counts say {counted}, and the tables have {found}. "
                    + $"Somebody changed the tables by hand; restore a backup of the database.");
            }
        }
    }

    private static async Task<long[]> NumbersAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        (await PostgresQueries.ReadAsync(
            connection, sql, [], static row => Enumerable.Range(0, row.FieldCount).Select(row.GetInt64).ToArray(), cancellationToken)
                .ConfigureAwait(false)).Single();
}
