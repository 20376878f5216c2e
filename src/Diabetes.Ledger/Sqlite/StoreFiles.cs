using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>The files of a store: the ledger, the late joins, the orphans. They are made ready, written and synced together.</summary>
internal sealed class StoreFiles : IDisposable
{
    private readonly StoreFile[] _all;
    private readonly CsvRows _rows;
    private readonly CsvRows _lateRows;
    private readonly OrphanRows _orphanRows;

    public StoreFiles(SqliteJoinStoreOptions options, SqliteDatabase database, IDisk disk, ILogger logger)
    {
        var table = new FileTable(database);
        Ledger = File("ledger", options.Ledger.Path, options.Ledger.Header, options.Ledger.Delimiter, options.Rotation);
        Late = File("late", options.Late.Path, options.Late.Header, options.Late.Delimiter);
        Orphans = File("orphans", options.OrphansPath, OrphanRows.Header, ',');
        _all = [Ledger, Late, Orphans];
        (_rows, _lateRows, _orphanRows) = (new CsvRows(options.Ledger), new CsvRows(options.Late), new OrphanRows());

        StoreFile File(string name, string path, string header, char delimiter, LedgerRotation? rotation = null) =>
            new(new StoreFileOptions(name, path, header, delimiter, options.MostUnsyncedBatches, rotation), database, table, disk, logger);
    }

    public StoreFile Ledger { get; }

    public StoreFile Late { get; }

    public StoreFile Orphans { get; }

    /// <summary>Before a transaction.</summary>
    public void MakeReady() => Array.ForEach(_all, static file => file.MakeReady());

    /// <summary>Within a transaction.</summary>
    public void Stage(KeptPair[] pairs)
    {
        Stage(Ledger, _rows, pairs, PairStage.Joined);
        Stage(Late, _lateRows, pairs, PairStage.JoinedLate);
    }

    /// <summary>Within a transaction.</summary>
    public void Stage(IReadOnlyList<Orphan> orphans, DateTimeOffset now)
    {
        if (orphans.Count > 0)
        {
            Orphans.Stage(_orphanRows.Format(orphans, now), orphans.Count);
        }
    }

    /// <summary>After a transaction that was rolled back.</summary>
    public void Unstage() => Array.ForEach(_all, static file => file.Unstage());

    /// <summary>After a transaction.</summary>
    public void Write() => Array.ForEach(_all, static file => file.Write());

    /// <exception cref="IOException">The disk refuses.</exception>
    public void Sync() => Array.ForEach(_all, static file => file.Sync());

    /// <summary>Within a transaction, after a sync.</summary>
    public void ForgetRedo() => Array.ForEach(_all, static file => file.ForgetRedo());

    public void Dispose() => Array.ForEach(_all, static file => file.Dispose());

    private static void Stage(StoreFile file, CsvRows format, KeptPair[] pairs, PairStage stage)
    {
        LedgerRow[] rows = [.. pairs.Where(pair => pair.Known.Stage == stage).Select(static pair => pair.Row)];
        if (rows.Length > 0)
        {
            file.Stage(format.Format(rows), rows.Length);
        }
    }
}
