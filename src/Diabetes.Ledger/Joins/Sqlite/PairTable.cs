namespace Diabetes.Ledger;

/// <summary>What is known of each key.</summary>
internal sealed class PairTable(SqliteDatabase database)
{
    /// <summary>Another key that a joined row may have had; to whoever looks it up, it is joined.</summary>
    public const int Alias = 5;

    // Statements for many keys at once halve the time: opening the table costs as much as finding a key in it.
    private const int Many = 50;
    private const int Columns = 7;

    private readonly SqliteStatement _find = database.Prepare(Finding(1));
    private readonly SqliteStatement _findMany = database.Prepare(Finding(Many));
    private readonly SqliteStatement _put = database.Prepare(Putting(1));
    private readonly SqliteStatement _putMany = database.Prepare(Putting(Many));

    private readonly SqliteStatement _oldest = database.Prepare(
        "SELECT key, id, model, y_true, y_pred, since FROM pairs INDEXED BY waiting WHERE stage = 1 AND since <= ?1 ORDER BY since LIMIT ?2");

    private readonly SqliteStatement _orphan = database.Prepare("UPDATE pairs SET stage = 2 WHERE key = ?1");

    public PairState[] Load(IReadOnlyList<string> keys)
    {
        var known = new PairState[keys.Count];
        for (var from = 0; from < known.Length;)
        {
            var (find, count) = known.Length - from >= Many ? (_findMany, Many) : (_find, 1);
            for (var i = 0; i < count; i++)
            {
                find.Text(i + 1, keys[from + i]);
            }

            while (find.Step())
            {
                var place = from + (int)find.Integer(0);
                known[place] = Read(find, keys[place], out _);
            }

            from += count;
        }

        return known;
    }

    /// <param name="key">Key of a pair.</param>
    /// <param name="isAlias">Whether the key is only one that the row may have had.</param>
    public PairState Find(string key, out bool isAlias)
    {
        isAlias = false;
        if (!_find.Text(1, key).Step())
        {
            return default;
        }

        var state = Read(_find, key, out isAlias);
        _find.Reset();
        return state;
    }

    public void Put(IReadOnlyList<string> keys, IReadOnlyList<PairPut> puts)
    {
        for (var from = 0; from < puts.Count;)
        {
            var (put, count) = puts.Count - from >= Many ? (_putMany, Many) : (_put, 1);
            for (var i = 0; i < count; i++)
            {
                var (key, state) = puts[from + i];
                Bind(put, i * Columns, keys[key], (int)state.Stage, state);
            }

            put.Run();
            from += count;
        }
    }

    public void Put(string key, in PairState state) => Bind(_put, 0, key, (int)state.Stage, state).Run();

    public void PutAlias(string key, in PairState state) => Bind(_put, 0, key, Alias, state).Run();

    /// <summary>Makes orphans of the halves that wait longest.</summary>
    /// <param name="until">Those that wait since then or longer.</param>
    /// <param name="limit">Most of them.</param>
    public List<Orphan> Orphan(DateTimeOffset until, int limit)
    {
        var orphans = new List<Orphan>();
        var keys = new List<string>();
        _oldest.Integer(1, until.ToUnixTimeMilliseconds()).Integer(2, limit);
        while (_oldest.Step())
        {
            keys.Add(_oldest.Text(0)!);
            orphans.Add(new Orphan(_oldest.Text(1) ?? IdOf(keys[^1]), _oldest.Text(2), _oldest.Real(3), _oldest.Real(4), At(_oldest.Integer(5))));
        }

        keys.ForEach(key => _orphan.Text(1, key).Run());
        return orphans;
    }

    /// <summary>The id that is the key's own text: most are, and need not be kept twice.</summary>
    public static string IdOf(string key) => key is ['"', .., '"'] ? key[1..^1] : key;

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Finding(int count) => $"""
        WITH k (key, place) AS (VALUES {string.Join(", ", Enumerable.Range(0, count).Select(static place => $"(?{place + 1}, {place})"))})
        SELECT k.place, p.stage, p.id, p.model, p.y_true, p.y_pred, p.since FROM k CROSS JOIN pairs p ON p.key = k.key
        """;

    private static string Putting(int count) => $"""
        INSERT INTO pairs (key, stage, id, model, y_true, y_pred, since)
        VALUES {string.Join(", ", Enumerable.Repeat("(?, ?, ?, ?, ?, ?, ?)", count))}
        ON CONFLICT (key) DO UPDATE SET
            stage = excluded.stage, id = excluded.id, model = excluded.model, y_true = excluded.y_true, y_pred = excluded.y_pred, since = excluded.since
        """;

    private static PairState Read(SqliteStatement found, string key, out bool isAlias)
    {
        var stage = found.Integer(1);
        isAlias = stage == Alias;
        return new PairState(
            isAlias ? PairStage.Joined : (PairStage)stage, found.Text(2) ?? IdOf(key), found.Text(3), found.Real(4), found.Real(5), At(found.Integer(6)));
    }

    private static SqliteStatement Bind(SqliteStatement put, int before, string key, int stage, in PairState state)
    {
        var waits = state.Stage is PairStage.Pending or PairStage.Orphaned;
        put.Text(before + 1, key).Integer(before + 2, stage).Text(before + 3, IsIdOf(key, state.Id!) ? null : state.Id).Text(before + 4, state.Model)
            .Real(before + 5, state.YTrue).Real(before + 6, state.YPred);
        return waits ? put.Integer(before + 7, state.Since.ToUnixTimeMilliseconds()) : put.Null(before + 7);
    }

    private static bool IsIdOf(string key, string id) => key is ['"', .., '"'] ? key.AsSpan(1, key.Length - 2).SequenceEqual(id) : key == id;
}
