using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Writes what an outcome changes, in one round trip: one statement for each table, whatever the size of the batch.</summary>
internal sealed class PostgresChanges
{
    private const string IntoLedger = """
        INSERT INTO ledger (position, key, id, model, y_true, y_pred, absolute_error, late)
        SELECT $1 + r.place, r.key, r.id, r.model, r.y_true, r.y_pred, r.absolute_error, r.late
        FROM unnest($2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY AS r (key, id, model, y_true, y_pred, absolute_error, late, place)
        """;

    private const string IntoPending = """
        INSERT INTO pending (key, orphaned, id, model, y_true, y_pred, since)
        SELECT r.key, false, r.id, r.model, r.y_true, r.y_pred, r.since
        FROM unnest($1, $2, $3, $4, $5, $6) AS r (key, id, model, y_true, y_pred, since)
        """;

    private const string IntoCounts = """
        UPDATE counts c SET received = c.received + d.received, joined = c.joined + d.joined, pending = c.pending + d.pending,
            orphaned = c.orphaned + d.orphaned, duplicates = c.duplicates + d.duplicates, quarantined = c.quarantined + d.quarantined
        FROM (VALUES ('y_true', $1, $2, $3, $4, $5, $6), ('y_pred', $7, $8, $9, $10, $11, $12))
            AS d (side, received, joined, pending, orphaned, duplicates, quarantined)
        WHERE c.side = d.side
        """;

    private const string IntoWriters = """
        INSERT INTO writers VALUES ($1, $2, now()) ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, at = excluded.at
        """;

    private readonly List<NpgsqlBatchCommand> _commands = [];

    /// <summary>Adds rows and pending halves.</summary>
    /// <param name="known">What the store knew of the batch.</param>
    /// <param name="pairs">The pairs that the batch changed.</param>
    /// <param name="now">
    /// The arrival time of the halves that begin to wait in this batch. A half that already waits is written again only when it is joined.
    /// </param>
    public PostgresChanges Keep(PostgresKnowledge known, KeptPair[] pairs, DateTimeOffset now)
    {
        var joined = Array.FindAll(pairs, static pair => pair.Known.IsJoined);
        var waiting = Array.FindAll(pairs, static pair => !pair.Known.IsJoined);
        if (joined.Length > 0)
        {
            var rows = Array.ConvertAll(joined, static pair => pair.Row);
            var late = Array.ConvertAll(joined, static pair => pair.Known.Stage == PairStage.JoinedLate);
            Add(
                IntoLedger, Of(known.Position), Keys(known, joined), Ids(joined), Models(joined),
                Of(Array.ConvertAll(rows, static row => row.YTrue)), Of(Array.ConvertAll(rows, static row => row.YPred)),
                Of(Array.ConvertAll(rows, static row => row.AbsoluteError)), Of(late));
            Add("UPDATE state SET position = position + $1, late_rows = late_rows + $2",
                Of((long)joined.Length), Of((long)late.Count(static one => one)));
            var waited = joined.Where(pair => known.Pairs[pair.Place].Stage != PairStage.None);
            Add("DELETE FROM pending WHERE key = ANY ($1)", Keys(known, waited));
        }

        if (waiting.Length > 0)
        {
            Add(
                IntoPending, Keys(known, waiting), Ids(waiting), Models(waiting),
                Of(Array.ConvertAll(waiting, static pair => pair.Known.YTrue)),
                Of(Array.ConvertAll(waiting, static pair => pair.Known.YPred)),
                Of(Array.ConvertAll(waiting, _ => now.UtcDateTime)));
        }

        return this;
    }

    public PostgresChanges Count(in SideTally yTrue, in SideTally yPred)
    {
        Add(IntoCounts, [.. Of(yTrue), .. Of(yPred)]);
        return this;
    }

    /// <summary>Adds the number of this batch, by which the writer can later find out whether it was committed.</summary>
    public PostgresChanges Sign(Guid writer, long batch)
    {
        Add(IntoWriters, Of(writer), Of(batch));
        return this;
    }

    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            _commands.ForEach(batch.BatchCommands.Add);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static IEnumerable<NpgsqlParameter> Of(SideTally counts) =>
        new[] { counts.Received, counts.Joined, counts.Pending, counts.Orphaned, counts.Duplicates, counts.Quarantined }.Select(Of);

    private static NpgsqlParameter<byte[][]> Keys(PostgresKnowledge known, IEnumerable<KeptPair> pairs) =>
        Of(pairs.Select(pair => known.Keys[pair.Place]).ToArray());

    private static NpgsqlParameter<string[]> Ids(KeptPair[] pairs) =>
        Of(Array.ConvertAll(pairs, static pair => PostgresText.Escape(pair.Id)));

    private static NpgsqlParameter<string?[]> Models(KeptPair[] pairs) =>
        Of(Array.ConvertAll(pairs, static pair => pair.Model is { } model ? PostgresText.Escape(model) : null));

    private void Add(string sql, params IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters.ToArray());
        _commands.Add(command);
    }
}
