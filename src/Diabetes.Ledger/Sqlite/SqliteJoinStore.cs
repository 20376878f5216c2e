using Diabetes.Domain.Joining;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Stores joins in a SQLite file, and the ledger, the late joins and the orphans in CSV files beside it. A lock file keeps it to one
/// process. A batch is one transaction: when it is committed, its rows are durable in the database. They are then written to the files; if
/// the process dies before that, the next start writes them.
/// </summary>
public sealed class SqliteJoinStore : IJoinStore
{
    private readonly Lock _gate = new();
    private readonly SqliteDatabase _database;
    private readonly StoreFiles _files;
    private readonly PairTable _pairs;
    private readonly CountTable _counts;
    private readonly IDisposable _lock;
    private readonly ILogger _logger;
    private readonly string _path;
    private SideTally _yTrue;
    private SideTally _yPred;
    private bool _closed;

    internal SqliteJoinStore(SqliteJoinStoreOptions options, SqliteDatabase database, StoreFiles files, PairTable pairs, CountTable counts,
        IDisposable @lock, ILogger logger)
    {
        (_path, _database, _files, _pairs, _counts, _lock, _logger) = (options.Path, database, files, pairs, counts, @lock, logger);
        (_yTrue, _yPred) = counts.Read();
    }

    private StoreCounts Counts => new(_yTrue, _yPred, _files.Ledger.Mark.Rows, _files.Late.Mark.Rows);

    /// <summary>
    /// Opens the store, or creates it, and finishes what a crash left undone. Reads only those rows of the ledger that the index does not
    /// know.
    /// </summary>
    /// <exception cref="StoreUnusableException">
    /// The store is damaged, another program's, in use, or does not agree with its files.
    /// </exception>
    /// <exception cref="StoreUnavailableException">Another program holds a lock on it.</exception>
    /// <exception cref="LedgerUnusableException">The ledger has other columns.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static SqliteJoinStore Open(SqliteJoinStoreOptions options, IDisk disk, ILogger logger) =>
        Open(options, disk, logger, static _ => { });

    /// <summary>
    /// Does the same, and calls <paramref name="step"/> before each step of a transaction, so that a test can throw there.
    /// </summary>
    internal static SqliteJoinStore Open(SqliteJoinStoreOptions options, IDisk disk, ILogger logger, Action<string> step) =>
        new SqliteStoreStart(options, disk, logger, step).Open();

    /// <inheritdoc/>
    /// <remarks>
    /// Runs on the caller's thread: SQLite blocks a thread in any case, and handing a small batch to another costs as much as its fsync.
    /// </remarks>
    public ValueTask<JoinOutcome> CommitAsync(JoinBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<JoinOutcome>(Commit(batch, now));
    }

    /// <inheritdoc/>
    /// <remarks>Runs on the caller's thread.</remarks>
    public ValueTask<IReadOnlyList<Orphan>> OrphanAsync(DateTimeOffset now, TimeSpan after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<Orphan>>(Orphan(now, after, limit));
    }

    /// <inheritdoc/>
    public ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return new ValueTask<StoreCounts>(Counts);
        }
    }

    /// <summary>Writes and syncs the files, clears the redo, closes everything and gives the lock back.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                Settle();
                _files.Dispose();
                _database.Dispose();
                _lock.Dispose();
            }
        }

        return default;
    }

    private JoinOutcome Commit(JoinBatch batch, DateTimeOffset now) => Transact(() =>
    {
        string[] keys = [.. batch.Keys.Select(static key => key.ToString())];
        var outcome = batch.Decide(_pairs.Load(batch.Keys, keys));
        var pairs = KeptPair.Of(batch, keys, outcome);
        _database.Step("put");
        _pairs.Put(pairs, now);
        _database.Step("stage");
        return (outcome, (outcome.YTrue, outcome.YPred), _files.Stage(pairs));
    });

    private List<Orphan> Orphan(DateTimeOffset now, TimeSpan after, int limit) => Transact(() =>
    {
        var orphans = _pairs.Orphan(now - after, limit);
        _database.Step("stage");
        return (orphans, Joins.Orphan.Tally(orphans), _files.Stage(orphans, now));
    });

    private T Transact<T>(Func<(T Result, (SideTally YTrue, SideTally YPred) Change, StagedFiles Staged)> action)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _files.MakeReady();
            var (result, yTrue, yPred, staged) = _database.Transact(() =>
            {
                var (result, change, staged) = action();
                var (yTrue, yPred) = (_yTrue + change.YTrue, _yPred + change.YPred);
                _database.Step("count");
                _counts.Write(yTrue, yPred);
                return (result, yTrue, yPred, staged);
            });
            (_yTrue, _yPred) = (yTrue, yPred);
            staged.Commit();
            return result;
        }
    }

    /// <summary>Syncs the files and clears the redo, so that the files can be moved away.</summary>
    private void Settle()
    {
        try
        {
            _files.MakeReady();
            _files.Sync();
            _database.Transact(_files.ClearRedo);
        }
        catch (Exception fault) when (fault is IOException or StoreUnusableException)
        {
            Log.StoreNotClosedCleanly(_logger, _path, fault.Message);
        }
    }
}
