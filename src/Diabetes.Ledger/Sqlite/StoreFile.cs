using System.Text;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Writes a CSV file in step with the database. Rows are first committed to the database, as redo, and then written to the file: so a row
/// is in the file if and only if the database has it, whenever the process dies. A start writes the redo again, byte for byte in its place.
/// The file is synced (fsync), and the redo cleared, only after some batches.
/// <code>
/// file.MakeReady();
/// var staged = database.Transact(() => file.Stage(rows, count));
/// staged.Commit();
/// </code>
/// </summary>
/// <remarks>
/// We could write the file first and commit its length afterwards. Then rows behind the committed length would have lost their keys (was 17
/// a number or a string, and whose prediction?), and a commit that fails would have to cut off rows that followers have read.
/// </remarks>
internal sealed class StoreFile : IDisposable
{
    private const long MostUnsyncedBytes = 1024 * 1024;

    private readonly StoreFileOptions _options;
    private readonly byte[] _header;
    private readonly SqliteDatabase _database;
    private readonly RedoLog _redo;
    private readonly FileRotation _rotation;
    private readonly IDisk _disk;
    private readonly ILogger _logger;
    private IDiskFile? _file;
    private int _unsyncedBatches;
    private bool _failed;

    public StoreFile(StoreFileOptions options, SqliteDatabase database, IDisk disk, ILogger logger)
    {
        (_options, _database, _disk, _logger) = (options, database, disk, logger);
        _header = Encoding.UTF8.GetBytes(options.Header + "\n");
        _redo = new RedoLog(database, options.Name);
        _rotation = new FileRotation(this, options.Rotation, disk, logger);
        Mark = _redo.ReadMark();
    }

    public string Path => _options.Path;

    /// <summary>What is committed.</summary>
    public FileMark Mark { get; private set; }

    /// <summary>Bytes in the file; 0 if it is missing.</summary>
    public long Length => _disk.Length(Path) ?? 0;

    /// <summary>The file, opened when it is first needed.</summary>
    public IDiskFile Opened => _file ??= _disk.Open(Path);

    /// <summary>True if the file exists or has committed rows. Only the ledger is created before its first row.</summary>
    public bool IsBegun => Mark.Length > 0 || _disk.Length(Path) > 0;

    /// <summary>
    /// Prepares for a transaction: writes what an earlier write could not, checks that no other program changed the file, syncs and rotates
    /// if it is time. If it throws, the transaction must not begin.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk refuses, or another program writes the file.</exception>
    /// <exception cref="StoreUnusableException">Another program cut the file.</exception>
    public void MakeReady()
    {
        try
        {
            if (!_rotation.FinishIfRenamed() && _failed)
            {
                Rewrite();
            }

            CheckLength(Length);
            if (Mark.Length - Mark.Synced >= MostUnsyncedBytes || _unsyncedBatches >= _options.MostUnsyncedBatches)
            {
                Sync();
            }

            _rotation.RotateIfFull();
        }
        catch (IOException fault) when (fault is not StoreUnavailableException)
        {
            _failed = true;
            throw new StoreUnavailableException(
                $"Could not write '{Path}': {fault.Message} Nothing is lost. Check the free space on the disk, and the permissions of "
                + "the file and its folder.",
                fault);
        }
    }

    /// <summary>Adds rows to the redo, within a transaction.</summary>
    /// <param name="rows">Bytes of whole rows. The memory must not change before <see cref="Staged.Commit"/>.</param>
    /// <param name="count">How many rows they are; at least 1.</param>
    public Staged Stage(ReadOnlyMemory<byte> rows, int count)
    {
        if (Mark.Synced == Mark.Length)
        {
            _redo.Clear();
        }

        var bytes = Mark.Length == 0 ? (byte[])[.. _header, .. rows.Span] : rows;
        _redo.Append(Mark.Length, bytes.Span);
        return Stage(Mark with { Length = Mark.Length + bytes.Length, Rows = Mark.Rows + count, Day = _rotation.Day(Mark, count) }, bytes);
    }

    /// <summary>Marks rows as committed that the file already has, whole and synced. Call it within a transaction.</summary>
    /// <param name="end">Where those rows end, and how many there are behind the committed ones.</param>
    public Staged Adopt(CsvTail end)
    {
        _redo.Clear();
        return Stage(Mark with
        {
            Synced = end.Length,
            Length = end.Length,
            Rows = Mark.Rows + end.Rows,
            Day = _rotation.Day(Mark, end.Rows)
        });
    }

    /// <summary>
    /// Marks rows of a closed segment as committed. Call it within a transaction, before any row of the active file is committed.
    /// </summary>
    public Staged AdoptClosed(int segment, long rows) =>
        Stage(Mark with { Rows = Mark.Rows + rows, Segment = Math.Max(Mark.Segment, segment) });

    /// <summary>Marks the file as closing and clears its redo, in a transaction of its own. The file must be synced.</summary>
    public void MarkClosing() => _database.Transact(() =>
    {
        _redo.Clear();
        return Stage(Mark with { Closing = true });
    }).Commit();

    /// <summary>Clears the redo, within a transaction and after a sync.</summary>
    public void ClearRedo()
    {
        _redo.Clear();
        _redo.WriteMark(Mark);
    }

    /// <summary>Syncs what is written. The next transaction clears the redo.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Sync()
    {
        if (Mark.Synced == Mark.Length)
        {
            return;
        }

        Opened.Sync();
        if (Mark.Synced == 0)
        {
            _disk.SyncFolder(ParentFolder.Of(Path));
        }

        Mark = Mark with { Synced = Mark.Length };
        _unsyncedBatches = 0;
    }

    /// <summary>
    /// Begins the file with its header and these rows, in a transaction of its own. Another file of the same name must be gone.
    /// </summary>
    /// <param name="rows">Rows that are committed, and that no file has.</param>
    /// <param name="mark">The mark to commit. This method sets its lengths.</param>
    public void Begin(ReadOnlySpan<byte> rows, FileMark mark)
    {
        byte[] bytes = [.. _header, .. rows];
        _database.Transact(() =>
        {
            _redo.Clear();
            _redo.Append(0, bytes);
            return Stage(mark with { Synced = 0, Length = bytes.Length });
        }).Commit();
        Dispose();
        _disk.CreateFolder(ParentFolder.Of(Path));
        Rewrite();
        Log.LedgerBegun(_logger, Path);
    }

    /// <summary>
    /// Begins the file anew after it was taken away or emptied. The rows of a file that rotates then count as those of a closed segment:
    /// whoever took them, such as logrotate, need only give that file the segment's name.
    /// </summary>
    /// <param name="rows">Rows that are committed, and that the file may not have had.</param>
    public void BeginAnew(ReadOnlySpan<byte> rows)
    {
        var segment = Mark.Segment;
        if (Mark.Length > 0)
        {
            var taken = rows.IsEmpty ? Mark.Length : Mark.Synced;
            segment += _options.Rotation is not null && taken > _header.Length ? 1 : 0;
            Log.LedgerGone(_logger, Path, Mark.Rows);
            if (segment > Mark.Segment && CsvSegments.Path(Path, segment) is var free && _disk.Length(free) is null)
            {
                Log.LedgerTaken(_logger, free);
            }
        }

        Begin(rows, Mark with { Day = rows.IsEmpty ? 0 : Mark.Day, Segment = segment });
    }

    /// <summary>
    /// Counts the file's own header as committed, if the store has committed nothing of the file. The rows behind it are indexed as new.
    /// </summary>
    public void BeginBehindHeader(long length) => Mark = Mark with { Synced = length, Length = length };

    /// <summary>
    /// Writes the redo again, in its place and without cutting anything off, so that followers notice nothing. Needed after a failed fsync
    /// too: the system may have dropped what was written before it.
    /// </summary>
    public void Rewrite()
    {
        Opened.Write(Mark.Synced, _redo.Read().AsSpan(0, (int)(Mark.Length - Mark.Synced)));
        _failed = false;
        Sync();
    }

    /// <summary>
    /// Recovers the file at a start if it is begun, and marks all its rows as committed. For orphans.csv, whose rows are not indexed.
    /// </summary>
    public void RecoverIfBegun()
    {
        if (IsBegun)
        {
            var end = Recover();
            _database.Transact(() => Adopt(end)).Commit();
        }
    }

    /// <inheritdoc cref="FileRecovery.Run"/>
    public CsvTail Recover() => new FileRecovery(this, _options, _redo, _rotation, _disk, _logger).Run();

    public int Read(long position, Span<byte> destination) => Opened.Read(position, destination);

    /// <summary>Closes the file. The next use opens it again.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Makes the error of a file that does not fit the store.</summary>
    /// <param name="what">Says what is wrong. It follows the file's name in the message.</param>
    public StoreUnusableException AtOdds(string what) => new(
        $"The file '{Path}' {what}: it was edited, or belongs to another store. " +
        $"Put the right file back, or run `diabetes verify --repair`, which builds the index anew from the file as it is.");

    private Staged Stage(FileMark mark, ReadOnlyMemory<byte> bytes = default)
    {
        _redo.WriteMark(mark);
        return new Staged(this, mark, bytes);
    }

    private void CheckLength(long length)
    {
        if (length > Mark.Length)
        {
            throw new StoreUnavailableException(
                $"'{Path}' has {length} bytes where this node wrote {Mark.Length}: another program writes it too. " +
                $"Stop that program and restart this node; until then nothing is committed.");
        }

        if (length == 0 && Mark.Length > 0)
        {
            // Taken away while this node runs: whoever took it has its rows.
            BeginAnew([]);
        }
        else if (length < Mark.Length)
        {
            throw AtOdds($"has {length} bytes where {Mark.Length} were committed");
        }
    }

    /// <summary>
    /// Holds what a transaction changes in a file until the database has committed it. To roll back, drop it: the file knows nothing of it
    /// before <see cref="Commit"/>. The default value changes nothing.
    /// </summary>
    public readonly struct Staged(StoreFile file, FileMark mark, ReadOnlyMemory<byte> bytes)
    {
        /// <summary>
        /// Writes the rows, after the transaction. A disk that refuses now does not undo the transaction: the rows are in the redo, and
        /// <see cref="MakeReady"/> writes them before the next one.
        /// </summary>
        public void Commit()
        {
            if (file is null)
            {
                return;
            }

            file.Mark = mark;
            if (!bytes.IsEmpty)
            {
                file.Write(mark.Length - bytes.Length, bytes.Span);
            }
        }
    }

    private void Write(long position, ReadOnlySpan<byte> bytes)
    {
        _unsyncedBatches++;
        try
        {
            Opened.Write(position, bytes);
        }
        catch (IOException fault)
        {
            _failed = true;
            Log.WriteDelayed(_logger, Path, bytes.Length, fault.Message);
        }
    }
}

/// <summary>Which file it is, and how it begins.</summary>
/// <param name="Name">Its name in the tables of the database.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Header">Its first line, without the line end.</param>
/// <param name="Delimiter">What stands between columns.</param>
/// <param name="MostUnsyncedBatches">Batches after which it is synced at the latest.</param>
/// <param name="Rotation">When it is full; null for a file that is never rotated, whatever is beside it.</param>
internal sealed record StoreFileOptions(string Name, string Path, string Header, char Delimiter, int MostUnsyncedBatches,
    LedgerRotation? Rotation);
