using System.Text;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Takes the store's lock and reads what is known of a batch's keys, in one round trip.</summary>
internal sealed class PostgresKnowledge
{
    private const string Known = """
        SELECT k.place, true, l.late, l.id, l.y_true, l.y_pred
            FROM unnest($1) WITH ORDINALITY AS k (key, place) JOIN ledger l USING (key)
        UNION ALL
        SELECT k.place, false, p.orphaned, p.id, p.y_true, p.y_pred
            FROM unnest($1) WITH ORDINALITY AS k (key, place) JOIN pending p USING (key)
        """;

    /// <summary>
    /// Sets two things for this transaction alone. A node that hangs while it holds the lock loses it after 30 s. And a server with
    /// synchronous_commit off waits for its disk here, because deliveries are settled after the commit; stricter settings (remote_apply)
    /// stay.
    /// </summary>
    private const string Terms = """
        SELECT set_config('idle_in_transaction_session_timeout', '30s', true),
            set_config(
                'synchronous_commit',
                CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END,
                true)
        """;

    private PostgresKnowledge(byte[][] keys) => (Keys, Pairs) = (keys, new Correlation[keys.Length]);

    /// <summary>The batch's keys, as the tables have them.</summary>
    public byte[][] Keys { get; }

    /// <summary>What is known of each key; default if nothing is.</summary>
    public Correlation[] Pairs { get; }

    /// <summary>The last position that was given out.</summary>
    public long Position { get; private set; }

    /// <summary>Takes the lock until the transaction ends, and reads.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="schema">The schema, which has one lock.</param>
    /// <param name="keys">Keys of pairs, each once; empty to take only the lock.</param>
    /// <param name="texts">The same, as text.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<PostgresKnowledge> ReadAsync(
        NpgsqlConnection connection, string schema, IReadOnlyList<PairKey> keys, string[] texts, CancellationToken cancellationToken)
    {
        var knowledge = new PostgresKnowledge(Array.ConvertAll(texts, Encoding.UTF8.GetBytes));
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
                // Skip the results of the terms and the lock.
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                knowledge.Position = reader.GetInt64(0);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var place = (int)reader.GetInt64(0) - 1;
                    knowledge.Pairs[place] = Read(reader, keys[place].Id)
                        ?? throw PostgresFaults.OfRow(schema, texts[place]);
                }
            }
        }

        return knowledge;
    }

    private static Correlation? Read(NpgsqlDataReader reader, JoinKey key)
    {
        var stage = (IsJoined: reader.GetBoolean(1), IsLate: reader.GetBoolean(2)) switch
        {
            (true, false) => PairStage.Joined,
            (true, true) => PairStage.JoinedLate,
            (false, false) => PairStage.Pending,
            _ => PairStage.Orphaned,
        };
        return Correlation.Restore(
            stage,
            ObservationId.Restore(key, PostgresText.Unescape(reader.GetString(3))),
            reader.IsDBNull(4) ? null : reader.GetDouble(4),
            reader.IsDBNull(5) ? null : reader.GetDouble(5));
    }
}
