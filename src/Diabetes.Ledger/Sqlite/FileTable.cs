namespace Diabetes.Ledger.Sqlite;

/// <summary>How long the files are that belong to the store, and what of them may not be on the disk yet.</summary>
internal sealed class FileTable(SqliteDatabase database)
{
    private readonly SqliteStatement _read = database.Prepare("SELECT synced, length, rows, segment, day, closing FROM files WHERE name = ?1");
    private readonly SqliteStatement _write = database.Prepare("UPDATE files SET synced = ?2, length = ?3, rows = ?4, segment = ?5, day = ?6, closing = ?7 WHERE name = ?1");
    private readonly SqliteStatement _redo = database.Prepare("SELECT bytes FROM redo WHERE file = ?1 ORDER BY position");
    private readonly SqliteStatement _add = database.Prepare("INSERT INTO redo (file, position, bytes) VALUES (?1, ?2, ?3)");
    private readonly SqliteStatement _forget = database.Prepare("DELETE FROM redo WHERE file = ?1");

    public FileMark Read(string name)
    {
        _read.Text(1, name).Step();
        var mark = new FileMark(_read.Integer(0), _read.Integer(1), _read.Integer(2), (int)_read.Integer(3), (int)_read.Integer(4), _read.Integer(5) != 0);
        _read.Reset();
        return mark;
    }

    public void Write(string name, FileMark mark) => _write.Text(1, name).Integer(2, mark.Synced).Integer(3, mark.Length).Integer(4, mark.Rows)
        .Integer(5, mark.Segment).Integer(6, mark.Day).Integer(7, mark.Closing ? 1 : 0).Run();

    /// <summary>The bytes between <see cref="FileMark.Synced"/> and <see cref="FileMark.Length"/>.</summary>
    public byte[] Redo(string name)
    {
        var bytes = new List<byte>();
        _redo.Text(1, name);
        while (_redo.Step())
        {
            bytes.AddRange(_redo.Bytes(0));
        }

        return [.. bytes];
    }

    public void AddRedo(string name, long position, ReadOnlySpan<byte> bytes) => _add.Text(1, name).Integer(2, position).Bytes(3, bytes).Run();

    public void ForgetRedo(string name) => _forget.Text(1, name).Run();
}

/// <summary>How far a file of the store has come.</summary>
/// <param name="Synced">Bytes that are known to be on the disk.</param>
/// <param name="Length">Bytes that are committed: the store has those behind <paramref name="Synced"/> itself, until the disk has.</param>
/// <param name="Rows">Rows that were ever committed to it, closed segments and all.</param>
/// <param name="Segment">Number of the segment that was closed last; 0 before the first.</param>
/// <param name="Day">UTC day of the first row since then, counted from the year 1; 0 while there is none.</param>
/// <param name="Closing">Whether the next number is given to the file: it is whole on the disk, and where it is missing it was renamed.</param>
internal readonly record struct FileMark(long Synced, long Length, long Rows, int Segment, int Day, bool Closing)
{
    /// <summary>Whether there is a row in the file, and not only in segments closed before.</summary>
    public bool HasRows => Day > 0;
}
