using System.Text;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Takes the store's lock and reads what is known of a batch's keys: one round trip.</summary>
internal sealed class PostgresKnowledge
{
    private const string Known = """
        SELECT k.place, true, l.late, l.id, l.y_true, l.y_pred FROM unnest($1) WITH ORDINALITY AS k (key, place) JOIN ledger l USING (key)
        UNION ALL
        SELECT k.place, false, p.orphaned, p.id, p.y_true, p.y_pred FROM unnest($1) WITH ORDINALITY AS k (key, place) JOIN pending p USING (key)
        """;

    /// <summary>
    /// For this transaction alone: a node that hangs with the lock in its hand loses it; and where the server does not wait for its own disk before it says that something is
    /// committed, it does so here, since deliveries are settled after it. Who asks for more than that (remote_apply) keeps it.
    /// </summary>
    private const string Terms = """
        SELECT set_config('idle_in_transaction_session_timeout', '30s', true),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
        """;

    private PostgresKnowledge(byte[][] keys) => (Keys, Pairs) = (keys, new Correlation[keys.Length]);

    /// <summary>Keys as the tables have them.</summary>
    public byte[][] Keys { get; }

    /// <summary>What is known of each; default where nothing is.</summary>
    public Correlation[] Pairs { get; }

    /// <summary>The last position that was given out.</summary>
    public long Position { get; private set; }

    /// <param name="connection">In a transaction.</param>
    /// <param name="schema">Whose lock it takes.</param>
    /// <param name="keys">Keys of pairs, each once; none to take the lock alone.</param>
    /// <param name="texts">The same as text.</param>
    /// <param name="cancellationToken">Gives up.</param>
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
                // Behind the terms and the lock.
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
