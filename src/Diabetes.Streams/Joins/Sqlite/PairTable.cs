namespace Diabetes.Streams;

/// <summary>What is known of each key.</summary>
internal sealed class PairTable(SqliteDatabase database)
{
    /// <summary>Another key that a joined row may have had; to whoever looks it up, it is joined.</summary>
    public const int Alias = 5;

    private readonly SqliteStatement _find = database.Prepare("SELECT stage, id, model, y_true, y_pred, since FROM pairs WHERE key = ?1");

    private readonly SqliteStatement _put = database.Prepare("""
        INSERT INTO pairs (key, stage, id, model, y_true, y_pred, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (key) DO UPDATE SET
            stage = excluded.stage, id = excluded.id, model = excluded.model, y_true = excluded.y_true, y_pred = excluded.y_pred, since = excluded.since
        """);

    private readonly SqliteStatement _oldest = database.Prepare(
        "SELECT key, id, model, y_true, y_pred, since FROM pairs INDEXED BY waiting WHERE stage = 1 AND since <= ?1 ORDER BY since LIMIT ?2");

    private readonly SqliteStatement _orphan = database.Prepare("UPDATE pairs SET stage = 2 WHERE key = ?1");

    public PairState[] Load(IReadOnlyList<string> keys)
    {
        var known = new PairState[keys.Count];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = Find(keys[i], out _);
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

        var stage = _find.Integer(0);
        isAlias = stage == Alias;
        var state = new PairState(
            isAlias ? PairStage.Joined : (PairStage)stage, _find.Text(1) ?? IdOf(key), _find.Text(2), _find.Real(3), _find.Real(4), At(_find.Integer(5)));
        _find.Reset();
        return state;
    }

    public void Put(string key, in PairState state) => Put(key, (int)state.Stage, state);

    public void PutAlias(string key, in PairState state) => Put(key, Alias, state);

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

    private void Put(string key, int stage, in PairState state)
    {
        var waits = state.Stage is PairStage.Pending or PairStage.Orphaned;
        _put.Text(1, key).Integer(2, stage).Text(3, IdOf(key) == state.Id ? null : state.Id).Text(4, state.Model).Real(5, state.YTrue).Real(6, state.YPred);
        (waits ? _put.Integer(7, state.Since.ToUnixTimeMilliseconds()) : _put.Null(7)).Run();
    }
}
