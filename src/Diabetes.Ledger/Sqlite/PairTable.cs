using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Reads and writes the table "pairs": what is known of each key.</summary>
internal sealed class PairTable(SqliteDatabase database)
{
    /// <summary>Stage of another key that a joined row may have; a look-up finds it joined.</summary>
    public const int Alias = 5;

    // Statements for many keys halve the time: opening the table costs as much as finding a key in it.
    private const int Many = 50;
    private const int Columns = 7;

    private readonly SqliteStatement _find = database.Prepare(Finding(1));
    private readonly SqliteStatement _findMany = database.Prepare(Finding(Many));
    private readonly SqliteStatement _put = database.Prepare(Putting(1));
    private readonly SqliteStatement _putMany = database.Prepare(Putting(Many));

    private readonly SqliteStatement _oldest = database.Prepare(
        "SELECT key, id, model, y_true, y_pred, since FROM pairs INDEXED BY waiting " +
        "WHERE stage = 1 AND since <= ?1 ORDER BY since LIMIT ?2");

    private readonly SqliteStatement _orphan = database.Prepare("UPDATE pairs SET stage = 2 WHERE key = ?1");

    /// <summary>Finds many keys.</summary>
    /// <param name="keys">Keys of pairs, each once.</param>
    /// <param name="texts">The same, as text.</param>
    /// <returns>What is known of each key; default if nothing is.</returns>
    public Correlation[] Load(IReadOnlyList<PairKey> keys, string[] texts)
    {
        var known = new Correlation[texts.Length];
        for (var from = 0; from < known.Length;)
        {
            var (find, count) = known.Length - from >= Many ? (_findMany, Many) : (_find, 1);
            for (var i = 0; i < count; i++)
            {
                find.Text(i + 1, texts[from + i]);
            }

            while (find.Step())
            {
                var place = from + (int)find.Integer(0);
                known[place] = Read(find, keys[place], texts[place], out _);
            }

            from += count;
        }

        return known;
    }

    /// <summary>Finds one key.</summary>
    /// <param name="key">Key of a pair.</param>
    /// <param name="text">The same, as text.</param>
    /// <param name="isAlias">Whether the key is an alias.</param>
    public Correlation Find(PairKey key, string text, out bool isAlias)
    {
        isAlias = false;
        if (!_find.Text(1, text).Step())
        {
            return default;
        }

        var known = Read(_find, key, text, out isAlias);
        _find.Reset();
        return known;
    }

    /// <summary>Writes pairs that a batch changed.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="now">
    /// The arrival time of the halves that begin to wait in this batch. A half that already waits is written again only when it is joined.
    /// </param>
    public void Put(KeptPair[] pairs, DateTimeOffset now)
    {
        var since = now.ToUnixTimeMilliseconds();
        for (var from = 0; from < pairs.Length;)
        {
            var (put, count) = pairs.Length - from >= Many ? (_putMany, Many) : (_put, 1);
            for (var i = 0; i < count; i++)
            {
                var (_, key, id, model, known) = pairs[from + i];
                Bind(put, i * Columns, key, (int)known.Stage, id, model, known.YTrue, known.YPred, known.IsJoined ? null : since);
            }

            put.Run();
            from += count;
        }
    }

    /// <summary>Writes a row that a file has.</summary>
    public void PutRow(string key, PairStage stage, in LedgerRow row, string? model) =>
        Bind(_put, 0, key, (int)stage, row.Id, model, row.YTrue, row.YPred, since: null).Run();

    /// <summary>Writes an alias of such a row.</summary>
    public void PutAlias(string key, in LedgerRow row) =>
        Bind(_put, 0, key, Alias, row.Id, model: null, row.YTrue, row.YPred, since: null).Run();

    /// <summary>Makes orphans of the halves that have waited longest.</summary>
    /// <param name="until">Halves that came at this time or earlier become orphans.</param>
    /// <param name="limit">The largest number of orphans.</param>
    public List<Orphan> Orphan(DateTimeOffset until, int limit)
    {
        var orphans = new List<Orphan>();
        var keys = new List<string>();
        _oldest.Integer(1, until.ToUnixTimeMilliseconds()).Integer(2, limit);
        while (_oldest.Step())
        {
            keys.Add(_oldest.Text(0)!);
            orphans.Add(new Orphan(_oldest.Text(1) ?? IdOf(keys[^1]), _oldest.Text(2), _oldest.Real(3), _oldest.Real(4),
                At(_oldest.Integer(5))));
        }

        keys.ForEach(key => _orphan.Text(1, key).Run());
        return orphans;
    }

    /// <summary>
    /// Reads the id from the text of its key. Most ids equal that text, so the table does not store them twice.
    /// </summary>
    public static string IdOf(string key) => key is ['"', .., '"'] ? key[1..^1] : key;

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Finding(int count) => $"""
        WITH k (key, place) AS (VALUES {string.Join(", ", Enumerable.Range(0, count).Select(static place => $"(?{place + 1}, {place})"))})
        SELECT k.place, p.stage, p.id, p.y_true, p.y_pred FROM k CROSS JOIN pairs p ON p.key = k.key
        """;

    private static string Putting(int count) => $"""
        INSERT INTO pairs (key, stage, id, model, y_true, y_pred, since)
        VALUES {string.Join(", ", Enumerable.Repeat("(?, ?, ?, ?, ?, ?, ?)", count))}
        ON CONFLICT (key) DO UPDATE SET
            stage = excluded.stage, id = excluded.id, model = excluded.model,
            y_true = excluded.y_true, y_pred = excluded.y_pred, since = excluded.since
        """;

    private Correlation Read(SqliteStatement found, PairKey key, string text, out bool isAlias)
    {
        var stage = found.Integer(1);
        isAlias = stage == Alias;
        var id = ObservationId.Restore(key.Id, found.Text(2));
        return Correlation.Restore(isAlias ? PairStage.Joined : (PairStage)stage, id, found.Real(3), found.Real(4))
            ?? throw SqliteFaults.OfRow(database.Path, text, stage);
    }

    private static SqliteStatement Bind(
        SqliteStatement put, int before, string key, int stage, string id, string? model, double? yTrue, double? yPred, long? since)
    {
        put.Text(before + 1, key).Integer(before + 2, stage).Text(before + 3, IsIdOf(key, id) ? null : id).Text(before + 4, model)
            .Real(before + 5, yTrue).Real(before + 6, yPred);
        return since is { } milliseconds ? put.Integer(before + 7, milliseconds) : put.Null(before + 7);
    }

    private static bool IsIdOf(string key, string id) =>
        key is ['"', .., '"'] ? key.AsSpan(1, key.Length - 2).SequenceEqual(id) : key == id;
}
