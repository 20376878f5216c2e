namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Keeps two things about one CSV file in the database: its mark (table "files"), and its redo (table "redo"), the committed bytes that may
/// not be on the disk yet. Every change belongs to the transaction that the caller has open.
/// </summary>
/// <param name="database">The store's database, which owns the prepared statements.</param>
/// <param name="name">The file's name in both tables.</param>
internal sealed class RedoLog(SqliteDatabase database, string name)
{
    private readonly SqliteStatement _readMark = database.Prepare(
        "SELECT synced, length, rows, segment, day, closing FROM files WHERE name = ?1");

    private readonly SqliteStatement _writeMark = database.Prepare(
        "UPDATE files SET synced = ?2, length = ?3, rows = ?4, segment = ?5, day = ?6, closing = ?7 WHERE name = ?1");

    private readonly SqliteStatement _read = database.Prepare("SELECT bytes FROM redo WHERE file = ?1 ORDER BY position");
    private readonly SqliteStatement _append = database.Prepare("INSERT INTO redo (file, position, bytes) VALUES (?1, ?2, ?3)");
    private readonly SqliteStatement _clear = database.Prepare("DELETE FROM redo WHERE file = ?1");

    /// <summary>Reads the bytes from <see cref="FileMark.Synced"/> to <see cref="FileMark.Length"/>.</summary>
    public byte[] Read() => Read(_read, name);

    /// <summary>Reads the redo of one file with a statement that selects its bytes, in order, by the file's name.</summary>
    public static byte[] Read(SqliteStatement select, string name)
    {
        var bytes = new List<byte>();
        select.Text(1, name);
        while (select.Step())
        {
            bytes.AddRange(select.Bytes(0));
        }

        return [.. bytes];
    }

    /// <summary>Adds bytes that belong at this position of the file.</summary>
    public void Append(long position, ReadOnlySpan<byte> bytes) => _append.Text(1, name).Integer(2, position).Bytes(3, bytes).Run();

    /// <summary>Deletes the redo: all of it is on the disk, or in a file that is gone.</summary>
    public void Clear() => _clear.Text(1, name).Run();

    public FileMark ReadMark()
    {
        _readMark.Text(1, name).Step();
        var mark = new FileMark(
            _readMark.Integer(0), _readMark.Integer(1), _readMark.Integer(2), (int)_readMark.Integer(3), (int)_readMark.Integer(4),
            _readMark.Integer(5) != 0);
        _readMark.Reset();
        return mark;
    }

    public void WriteMark(in FileMark mark) =>
        _writeMark.Text(1, name).Integer(2, mark.Synced).Integer(3, mark.Length).Integer(4, mark.Rows)
        .Integer(5, mark.Segment).Integer(6, mark.Day).Integer(7, mark.Closing ? 1 : 0).Run();
}

/// <summary>Says how much of a file is committed, and how much of that is synced.</summary>
/// <param name="Synced">Bytes that an fsync has put on the disk.</param>
/// <param name="Length">
/// Bytes that are committed. Those behind <paramref name="Synced"/> are also in the redo, until an fsync has put them on the disk.
/// </param>
/// <param name="Rows">Rows committed so far to the file and its closed segments.</param>
/// <param name="Segment">Number of the segment that was closed last; 0 before the first.</param>
/// <param name="Day">UTC day of the first row since then, counted from the year 1; 0 while the file has no row.</param>
/// <param name="Closing">
/// Whether the file is being closed: all of it is on the disk, and if it is missing, it was renamed to the next segment.
/// </param>
internal readonly record struct FileMark(long Synced, long Length, long Rows, int Segment, int Day, bool Closing)
{
    /// <summary>Whether the file itself has a row, and not only segments that were closed before.</summary>
    public bool HasRows => Day > 0;
}
