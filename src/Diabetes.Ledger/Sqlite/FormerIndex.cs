using System.Globalization;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Reads the index that a repair replaces, attached to the database of the new one.</summary>
internal sealed class FormerIndex : IDisposable
{
    private const string Missing = "FROM former.pairs AS f WHERE NOT EXISTS (SELECT 1 FROM main.pairs AS m WHERE m.key = f.key) AND stage";

    // As PairTable.IdOf has it.
    private const string IdText = "coalesce(id, CASE WHEN key LIKE '\"%\"' THEN substr(key, 2, length(key) - 2) ELSE key END)";

    private readonly SqliteDatabase _fresh;
    private readonly string _path;

    /// <summary>Attaches the former index to the new one.</summary>
    /// <exception cref="StoreUnusableException">The former index cannot be read.</exception>
    public FormerIndex(SqliteDatabase fresh, string path)
    {
        (_fresh, _path) = (fresh, path);
        fresh.Execute($"ATTACH '{path.Replace("'", "''", StringComparison.Ordinal)}' AS former");
    }

    /// <summary>Reads how many segments a store has closed; 0 if there is no store, or if it cannot be read.</summary>
    public static long ClosedSegments(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        try
        {
            using var former = SqliteDatabase.Open(path, readOnly: true);
            return former.Scalar("SELECT segment + closing FROM files WHERE name = 'ledger'");
        }
        catch (StoreUnusableException)
        {
            return 0;
        }
    }

    /// <summary>Copies the halves that wait, the counts that no file has, and the number of the last closed segment.</summary>
    public void CarryWaiting() => _fresh.Transact(() => _fresh.Execute("""
        INSERT INTO main.pairs SELECT key, stage, id, model, y_true, y_pred, since FROM former.pairs WHERE stage IN (1, 2);
        UPDATE main.counts SET
            pending = CASE side
                WHEN 'y_true' THEN (SELECT count(y_true) FROM main.pairs WHERE stage = 1)
                ELSE (SELECT count(y_pred) FROM main.pairs WHERE stage = 1) END,
            orphaned = CASE side
                WHEN 'y_true' THEN (SELECT count(y_true) FROM main.pairs WHERE stage = 2)
                ELSE (SELECT count(y_pred) FROM main.pairs WHERE stage = 2) END,
            duplicates = (SELECT duplicates FROM former.counts AS f WHERE f.side = main.counts.side),
            quarantined = (SELECT quarantined FROM former.counts AS f WHERE f.side = main.counts.side);
        UPDATE main.files SET segment = (SELECT segment + closing FROM former.files AS f WHERE f.name = main.files.name);
        UPDATE main.counts SET received = pending + orphaned + duplicates + quarantined;
        """));

    /// <summary>Reads the redo of one file.</summary>
    public byte[] Redo(string file)
    {
        using var select = _fresh.Compile("SELECT bytes FROM former.redo WHERE file = ?1 ORDER BY position");
        return RedoLog.Read(select, file);
    }

    /// <summary>Copies rows that only the former index has, after the files are indexed.</summary>
    /// <param name="isArchived">
    /// True if closed segments are missing beside the ledger. The rows are then kept as rows of those segments, so that their ids are not
    /// joined again.
    /// </param>
    /// <returns>Rows that were copied, and rows that were dropped.</returns>
    public (long Archived, long Dropped) CarryArchived(bool isArchived)
    {
        var (joined, late) = (_fresh.Scalar($"SELECT count(*) {Missing} = 3"), _fresh.Scalar($"SELECT count(*) {Missing} = 4"));
        if (!isArchived)
        {
            return (0, joined + late);
        }

        _fresh.Transact(() => _fresh.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO main.pairs SELECT key, stage, id, model, y_true, y_pred, since {Missing} IN (3, 5);
            UPDATE main.counts SET received = received + {joined}, joined = joined + {joined};
            UPDATE main.files SET rows = rows + {joined} WHERE name = 'ledger';
            """)));
        return (joined, late);
    }

    /// <summary>Tells whether the pair of this key has a row of its own.</summary>
    public bool HasRow(string key)
    {
        using var select = _fresh.Compile("SELECT count(*) FROM former.pairs WHERE key = ?1 AND stage IN (3, 4)");
        return select.Text(1, key).Scalar() > 0;
    }

    /// <summary>
    /// Counts the values that stand in the files with another id than in the former index. Ids are compared as text, since other models
    /// make other keys.
    /// </summary>
    public long ChangedIds() => _fresh.Scalar($"""
        SELECT count(*) FROM (
            SELECT y_true, y_pred FROM former.pairs WHERE stage IN (3, 4)
                AND key NOT IN (SELECT key FROM main.pairs) AND {IdText} NOT IN (SELECT {IdText} FROM main.pairs WHERE stage > 2)
            INTERSECT
            SELECT y_true, y_pred FROM main.pairs WHERE stage IN (3, 4)
                AND key NOT IN (SELECT key FROM former.pairs) AND {IdText} NOT IN (SELECT {IdText} FROM former.pairs WHERE stage > 2))
        """);

    /// <summary>Merges its write-ahead log, so that it is one file.</summary>
    /// <exception cref="StoreUnavailableException">Another program reads it.</exception>
    public void Merge()
    {
        if (_fresh.Scalar("PRAGMA former.wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new StoreUnavailableException($"The store '{_path}' is being read by another program. " +
                $"Close that program (a database browser, or another `diabetes verify`), then repair again. The index was not replaced.");
        }
    }

    public void Dispose() => _fresh.Execute("DETACH former");
}
