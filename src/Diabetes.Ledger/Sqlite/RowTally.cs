namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Counts rows in a temporary table of SQLite, which goes to the disk when it is large: a ledger may have more rows than fit in memory. One
/// at a time on a database.
/// </summary>
internal sealed class RowTally : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _add;

    public RowTally(SqliteDatabase database)
    {
        _database = database;
        database.Execute("CREATE TEMP TABLE tally (id TEXT, y_true, y_pred, times INTEGER NOT NULL, PRIMARY KEY (id, y_true, y_pred))");
        _add = database.Compile(
            "INSERT INTO tally VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id, y_true, y_pred) DO UPDATE SET times = times + ?4");
    }

    /// <summary>Adds so many to the count of a row.</summary>
    public void Add(string id, double yTrue, double yPred, int times) =>
        _add.Text(1, id).Real(2, yTrue).Real(3, yPred).Integer(4, times).Run();

    /// <summary>Lists the rows that were counted more often than not (or less often), with the count.</summary>
    public IEnumerable<(string Id, double YTrue, double YPred, long Times)> Uneven(bool isMore)
    {
        using var rows = _database.Compile($"SELECT id, y_true, y_pred, times FROM tally WHERE times {(isMore ? ">" : "<")} 0");
        while (rows.Step())
        {
            yield return (rows.Text(0) ?? "", rows.Real(1) ?? double.NaN, rows.Real(2) ?? double.NaN, rows.Integer(3));
        }
    }

    public void Dispose()
    {
        _add.Dispose();
        _database.Execute("DROP TABLE tally");
    }
}
