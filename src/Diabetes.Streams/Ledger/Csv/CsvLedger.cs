using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>
/// A ledger in one CSV file, written as Python services write theirs. A batch is one write and one fsync; a batch that fails is cut off
/// again before anything else is written, so that the file is whole rows that were acknowledged, and at most one torn batch after a crash, which
/// the next start repairs. One writer at a time, on this machine: a lock file beside the ledger sees to that. Memory does not grow with the file.
/// </summary>
public sealed class CsvLedger : ILedger
{
    private readonly Lock _gate = new();
    private readonly CsvLedgerOptions _options;
    private readonly IDisk _disk;
    private readonly ILogger _logger;
    private readonly IDisposable _lock;
    private readonly CsvRows _rows;
    private IDiskFile _file;
    private CsvTail _committed;
    private long _count;
    private bool _torn;
    private bool _closed;

    private CsvLedger(CsvLedgerOptions options, IDisk disk, ILogger logger, IDisposable @lock)
    {
        (_options, _disk, _logger, _lock) = (options, disk, logger, @lock);
        _rows = new CsvRows(options);
        _file = disk.Open(options.Path);
        try
        {
            Commit(CsvLedgerStart.Prepare(_file, disk, options, logger));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public long Count => Volatile.Read(ref _count);

    /// <summary>Opens the ledger or begins one, and repairs what a crash left torn. Reads the file once, to count its rows.</summary>
    /// <exception cref="LedgerUnusableException">Another process writes it, or the file is no ledger with these columns.</exception>
    /// <exception cref="IOException">The disk does not let us.</exception>
    public static CsvLedger Open(CsvLedgerOptions options, IDisk disk, ILogger logger)
    {
        if (!char.IsAscii(options.Delimiter) || options.Delimiter is '"' or '\n' or '\r')
        {
            throw new ArgumentException($"'{options.Delimiter}' cannot delimit the columns of a ledger; take ',', ';', '|' or a tab.", nameof(options));
        }

        disk.CreateFolder(Folder(options.Path));
        var @lock = Lock(options.Path, disk);
        try
        {
            return new CsvLedger(options, disk, logger, @lock);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public ValueTask AppendAsync(ReadOnlyMemory<LedgerRow> rows, CancellationToken cancellationToken) =>
        rows.IsEmpty ? default : new ValueTask(Task.Run(() => Append(rows.Span), cancellationToken));

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _file.Dispose();
                _lock.Dispose();
            }
        }

        return default;
    }

    internal static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static IDisposable Lock(string path, IDisk disk)
    {
        try
        {
            return disk.Lock(path + ".lock");
        }
        catch (IOException fault)
        {
            throw new LedgerUnusableException(
                $"The ledger '{path}' is written by another process, or '{path}.lock' cannot be made: {fault.Message} Stop the other one, or give this node another logs.path.", fault);
        }
    }

    private void Append(ReadOnlySpan<LedgerRow> rows)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            MakeReady();
            var bytes = _rows.Format(rows).Span;
            _torn = true;
            try
            {
                _file.Write(_committed.Length, bytes);
                _file.Sync();
            }
            catch
            {
                Log.AppendFailed(_logger, _options.Path, rows.Length);
                TryCut();
                throw;
            }

            _torn = false;
            Commit(new CsvTail(_committed.Length + bytes.Length, _committed.Rows + rows.Length));
        }
    }

    private void Commit(CsvTail tail)
    {
        _committed = tail;
        Volatile.Write(ref _count, tail.Rows);
    }

    /// <summary>Leaves the file as long as what is committed, whatever happened to it since.</summary>
    private void MakeReady()
    {
        if (_torn)
        {
            _file.Truncate(_committed.Length);
            _torn = false;
        }

        var length = _disk.Length(_options.Path) ?? 0;
        if (length > _committed.Length)
        {
            throw new IOException(
                $"The ledger '{_options.Path}' has {length} bytes where this node wrote {_committed.Length}: another program writes it too. Stop that one and restart this node; until then nothing is appended.");
        }

        if (length < _committed.Length)
        {
            // Somebody took it away or emptied it while we ran. What was in it is theirs to answer for; what comes now must not go to a file without a name.
            Log.LedgerGone(_logger, _options.Path, _committed.Rows);
            _disk.CreateFolder(Folder(_options.Path));
            _file.Dispose();
            _file = _disk.Open(_options.Path);
            Commit(CsvLedgerStart.Prepare(_file, _disk, _options, _logger));
        }
    }

    /// <summary>Tries at once, so that followers see nothing of a failed batch; if it fails too, the next append begins with it.</summary>
    private void TryCut()
    {
        try
        {
            _file.Truncate(_committed.Length);
            _torn = false;
        }
        catch (IOException fault)
        {
            Log.CutFailed(_logger, _options.Path, _committed.Length, fault);
        }
    }
}
