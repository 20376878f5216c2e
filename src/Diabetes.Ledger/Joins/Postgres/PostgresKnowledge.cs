using System.Text;
using Npgsql;

namespace Diabetes.Ledger;

/// <summary>Takes the store's lock and reads what is known of a batch's keys: one round trip.</summary>
internal sealed class PostgresKnowledge
{
    private const string Known = """
        SELECT k.place, true, l.late, l.id, l.model, l.y_true, l.y_pred, NULL::timestamptz FROM unnest($1) WITH ORDINALITY AS k (key, place) JOIN ledger l USING (key)
        UNION ALL
        SELECT k.place, false, p.orphaned, p.id, p.model, p.y_true, p.y_pred, p.since FROM unnest($1) WITH ORDINALITY AS k (key, place) JOIN pending p USING (key)
        """;

    /// <summary>
    /// For this transaction alone: a node that hangs with the lock in its hand loses it; and where the server does not wait for its own disk before it says that something is
    /// committed, it does so here, since deliveries are settled after it. Who asks for more than that (remote_apply) keeps it.
    /// </summary>
    private const string Terms = """
        SELECT set_config('idle_in_transaction_session_timeout', '30s', true),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
        """;

    private PostgresKnowledge(byte[][] keys) => (Keys, States) = (keys, new PairState[keys.Length]);

    /// <summary>Keys as the tables have them.</summary>
    public byte[][] Keys { get; }

    /// <summary>What is known of each.</summary>
    public PairState[] States { get; }

    /// <summary>The last position that was given out.</summary>
    public long Position { get; private set; }

    public static async Task<PostgresKnowledge> ReadAsync(NpgsqlConnection connection, string schema, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var knowledge = new PostgresKnowledge([.. keys.Select(Encoding.UTF8.GetBytes)]);
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Terms),
                new NpgsqlBatchCommand(PostgresSchema.Lock(schema)),
                new NpgsqlBatchCommand("SELECT position FROM state"),
                new NpgsqlBatchCommand(Known) { Parameters = { new NpgsqlParameter<byte[][]> { TypedValue = knowledge.Keys } } },
            },
        };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                // Behind the terms and the lock.
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                knowledge.Position = reader.GetInt64(0);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    knowledge.States[(int)reader.GetInt64(0) - 1] = State(reader);
                }
            }
        }

        return knowledge;
    }

    private static PairState State(NpgsqlDataReader reader)
    {
        var (isJoined, flag) = (reader.GetBoolean(1), reader.GetBoolean(2));
        var stage = (isJoined, flag) switch
        {
            (true, false) => PairStage.Joined,
            (true, true) => PairStage.JoinedLate,
            (false, false) => PairStage.Pending,
            _ => PairStage.Orphaned,
        };
        return new PairState(
            stage,
            PostgresText.Unescape(reader.GetString(3)),
            reader.IsDBNull(4) ? null : PostgresText.Unescape(reader.GetString(4)),
            reader.IsDBNull(5) ? null : reader.GetDouble(5),
            reader.IsDBNull(6) ? null : reader.GetDouble(6),
            isJoined ? default : reader.GetFieldValue<DateTimeOffset>(7));
    }
}
