using System.Text;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// A CSV file that grows in step with the store. Bytes are first committed with everything else, as redo, and then written: so a row is in the file if and only if
/// it is in the store, wherever a crash falls. What the redo has is written again at the next start, byte for byte in its place; the file
/// is synced, and the redo forgotten, only every so often.
/// </summary>
/// <remarks>
/// The road not taken is to write the file first and to commit its length afterwards. Rows behind the committed length then have lost their keys (was 17 a
/// number or a string, and whose prediction?), and a commit that fails has to take rows back that followers have seen.
/// </remarks>
internal sealed partial class StoreFile : IDisposable
{
    private const long MostUnsyncedBytes = 1024 * 1024;

    private readonly StoreFileOptions _options;
    private readonly byte[] _header;
    private readonly SqliteDatabase _database;
    private readonly FileTable _table;
    private readonly IDisk _disk;
    private readonly ILogger _logger;
    private IDiskFile? _file;
    private FileMark _mark;
    private FileMark _staged;
    private ReadOnlyMemory<byte> _stagedBytes;
    private int _unsyncedBatches;
    private bool _failed;

    public StoreFile(StoreFileOptions options, SqliteDatabase database, FileTable table, IDisk disk, ILogger logger)
    {
        (_options, _database, _table, _disk, _logger) = (options, database, table, disk, logger);
        _header = Encoding.UTF8.GetBytes(options.Header + "\n");
        _mark = _staged = table.Read(options.Name);
    }

    public string Path => _options.Path;

    /// <summary>What is committed.</summary>
    public FileMark Mark => _mark;

    private long Length => _disk.Length(Path) ?? 0;

    private IDiskFile Disk => _file ??= _disk.Open(Path);

    /// <summary>
    /// Before a transaction: writes what an earlier one could not, notices what others did to the file, and syncs if it is time. After an exception nothing
    /// of the transaction to come has happened.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk refuses.</exception>
    /// <exception cref="StoreUnusableException">Somebody cut the file.</exception>
    public void MakeReady()
    {
        try
        {
            var length = Length;
            if (length == 0 && _mark.Closing)
            {
                FinishRotation();
                length = Length;
            }
            else if (_failed)
            {
                Redo();
                length = Length;
            }

            Look(length);
            if (_mark.Length - _mark.Synced >= MostUnsyncedBytes || _unsyncedBatches >= _options.MostUnsyncedBatches)
            {
                Sync();
            }

            RotateIfFull();
        }
        catch (IOException fault) when (fault is not StoreUnavailableException)
        {
            _failed = true;
            throw new StoreUnavailableException($"The disk refuses '{Path}': {fault.Message} Nothing is lost; the node goes on by itself when it takes data again.", fault);
        }
    }

    /// <summary>Within a transaction: commits rows to the file. <see cref="Write"/> writes them; the memory must stay as it is until then.</summary>
    public void Stage(ReadOnlyMemory<byte> rows, int count)
    {
        if (_mark.Synced == _mark.Length)
        {
            _table.ForgetRedo(_options.Name);
        }

        _stagedBytes = _mark.Length == 0 ? (byte[])[.. _header, .. rows.Span] : rows;
        _staged = _mark with { Length = _mark.Length + _stagedBytes.Length, Rows = _mark.Rows + count, Day = Day(count) };
        _table.AddRedo(_options.Name, _mark.Length, _stagedBytes.Span);
        _table.Write(_options.Name, _staged);
    }

    /// <summary>After a transaction that was rolled back.</summary>
    public void Unstage() => (_staged, _stagedBytes) = (_mark, default);

    /// <summary>
    /// After the transaction: writes what it staged. A disk that refuses now is no failure of the transaction any more: the rows are in the redo, and the
    /// next batch begins with them.
    /// </summary>
    public void Write()
    {
        if (_stagedBytes.IsEmpty)
        {
            return;
        }

        var bytes = _stagedBytes;
        (_mark, _stagedBytes) = (_staged, default);
        _unsyncedBatches++;
        try
        {
            Disk.Write(_mark.Length - bytes.Length, bytes.Span);
        }
        catch (IOException fault)
        {
            _failed = true;
            Log.WriteDelayed(_logger, Path, bytes.Length, fault.Message);
        }
    }

    /// <summary>Makes durable what is written; the redo then goes with the next transaction.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Sync()
    {
        if (_mark.Synced == _mark.Length)
        {
            return;
        }

        Disk.Sync();
        if (_mark.Synced == 0)
        {
            _disk.SyncFolder(ParentFolder.Of(Path));
        }

        _mark = _staged = _mark with { Synced = _mark.Length };
        _unsyncedBatches = 0;
    }

    /// <summary>Within a transaction, after a sync: the file needs the store no more.</summary>
    public void ForgetRedo()
    {
        _table.ForgetRedo(_options.Name);
        _table.Write(_options.Name, _mark);
    }

    /// <summary>Whether there is such a file yet: all but the ledger begin with their first row.</summary>
    public bool IsBegun => _mark.Length > 0 || _disk.Length(Path) > 0;

    /// <summary><see cref="Recover"/>, where rows of others mean nothing to the index.</summary>
    public void RecoverIfBegun()
    {
        if (IsBegun)
        {
            var end = Recover();
            _database.Transact(() => Take(end));
            Taken();
        }
    }

    /// <summary>
    /// At a start: makes the file what the store says. Says where it really ends, which is further if somebody else appended to it or the store is
    /// older than the file; what is torn behind that is cut off.
    /// </summary>
    /// <exception cref="LedgerUnusableException">It begins with another header.</exception>
    /// <exception cref="StoreUnusableException">It is shorter than what was synced, or has other rows where the redo has its own.</exception>
    public CsvTail Recover()
    {
        var length = Length;
        if (length == 0 && _mark.Closing)
        {
            FinishRotation();
            length = Length;
        }

        ThrowIfOlder();
        var start = length == 0 ? null : CsvHeader.End(Disk, Path, _options.Header, _options.Delimiter);
        if (start is { } rows && _mark.Length == 0)
        {
            // The store is newer than the file: all that is in it is news.
            _mark = _staged = _mark with { Synced = rows, Length = rows };
        }
        else if (start is not null || (_mark.Synced == 0 && _mark.Length > 0))
        {
            ThrowUnlessOurs(length);
            Redo();
        }
        else if (length == 0 || _mark.Length == 0)
        {
            BeginAnew(_table.Redo(_options.Name));
        }
        else
        {
            throw AtOdds($"has {length} bytes, all within its header, where {_mark.Synced} were committed");
        }

        var tail = CsvEnd.Find(Disk, _mark.Length, (byte)_options.Delimiter);
        if (tail.Length < Disk.Length)
        {
            CsvEnd.Cut(Disk, tail.Length, Path, _disk, _logger);
        }

        Disk.Sync();
        return tail;
    }

    /// <summary>Within a transaction: takes rows that are in the file, whole and synced, for committed.</summary>
    public void Take(CsvTail rows)
    {
        _table.ForgetRedo(_options.Name);
        _staged = _mark with { Synced = rows.Length, Length = rows.Length, Rows = _mark.Rows + rows.Rows, Day = Day(rows.Rows) };
        _table.Write(_options.Name, _staged);
    }

    /// <summary>Within a transaction: takes rows of a closed segment for committed, before the store knows anything of the file itself.</summary>
    public void Take(int segment, long rows)
    {
        _staged = _mark with { Rows = _mark.Rows + rows, Segment = Math.Max(_mark.Segment, segment) };
        _table.Write(_options.Name, _staged);
    }

    /// <summary>After the transaction that took them.</summary>
    public void Taken() => _mark = _staged;

    public int Read(long position, Span<byte> destination) => Disk.Read(position, destination);

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>
    /// In its place and without cutting anything off, so that followers notice nothing. All of it also after a sync that failed: the system may have dropped
    /// what was written before.
    /// </summary>
    private void Redo()
    {
        Disk.Write(_mark.Synced, _table.Redo(_options.Name).AsSpan(0, (int)(_mark.Length - _mark.Synced)));
        _failed = false;
        Sync();
    }

    /// <param name="rows">Rows that were committed and that the file may not have got.</param>
    private void BeginAnew(ReadOnlySpan<byte> rows)
    {
        if (_mark.Length > 0)
        {
            Log.LedgerGone(_logger, Path, _mark.Rows);
        }

        Begin(rows, _mark with { Day = rows.IsEmpty ? 0 : _mark.Day });
    }

    private void Begin(ReadOnlySpan<byte> rows, FileMark mark)
    {
        byte[] bytes = [.. _header, .. rows];
        _staged = mark with { Synced = 0, Length = bytes.Length };
        _database.Transact(() =>
        {
            _table.ForgetRedo(_options.Name);
            _table.AddRedo(_options.Name, 0, bytes);
            _table.Write(_options.Name, _staged);
        });
        _mark = _staged;
        Dispose();
        _disk.CreateFolder(ParentFolder.Of(Path));
        Redo();
        Log.LedgerBegun(_logger, Path);
    }

    private void Look(long length)
    {
        if (length > _mark.Length)
        {
            throw new StoreUnavailableException(
                $"'{Path}' has {length} bytes where this node wrote {_mark.Length}: another program writes it too. Stop that one and restart this node; until then nothing is committed.");
        }

        if (length == 0 && _mark.Length > 0)
        {
            // Taken away while we run: what was in it, whoever took it has.
            BeginAnew([]);
        }
        else if (length < _mark.Length)
        {
            throw AtOdds($"has {length} bytes where {_mark.Length} were committed");
        }
    }

    private void ThrowUnlessOurs(long length)
    {
        if (length < _mark.Synced)
        {
            throw AtOdds($"has {length} bytes where {_mark.Synced} were committed");
        }

        Span<byte> end = stackalloc byte[1];
        if (_mark.Synced > 0 && (Disk.Read(_mark.Synced - 1, end) != 1 || end[0] != '\n'))
        {
            throw AtOdds($"has no line end at byte {_mark.Synced}, where a committed row ends");
        }

        var redo = _table.Redo(_options.Name);
        var there = new byte[redo.Length];
        if (length > _mark.Length && !there.AsSpan(0, Disk.Read(_mark.Synced, there)).SequenceEqual(redo))
        {
            throw AtOdds($"has other rows from byte {_mark.Synced} on than were committed");
        }
    }

    private StoreUnusableException AtOdds(string what) => new(
        $"The file '{Path}' {what}: it was edited, or is not the file that the store belongs to. Put the right one back, or run `diabetes verify --repair`, which builds the index anew from the file as it is.");
}

/// <summary>Which file it is, and how it begins.</summary>
/// <param name="Name">What the store calls it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Header">Its first line.</param>
/// <param name="Delimiter">What stands between columns.</param>
/// <param name="MostUnsyncedBatches">After how many batches it is synced at the latest.</param>
/// <param name="Rotation">When it is full; null for a file that is never rotated, whatever is beside it.</param>
internal sealed record StoreFileOptions(string Name, string Path, string Header, char Delimiter, int MostUnsyncedBatches, LedgerRotation? Rotation);
