using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Prepares, writes and syncs the files of a store together: the ledger, the late joins, the orphans.</summary>
internal sealed class StoreFiles : IDisposable
{
    private readonly StoreFile[] _all;
    private readonly CsvRows _rows;
    private readonly CsvRows _lateRows;
    private readonly OrphanRows _orphanRows;

    public StoreFiles(SqliteJoinStoreOptions options, SqliteDatabase database, IDisk disk, ILogger logger)
    {
        Ledger = File("ledger", options.Ledger.Path, options.Ledger.Header, options.Ledger.Delimiter, options.Rotation);
        Late = File("late", options.Late.Path, options.Late.Header, options.Late.Delimiter);
        Orphans = File("orphans", options.Paths.Orphans, OrphanRows.Header, ',');
        _all = [Ledger, Late, Orphans];
        (_rows, _lateRows, _orphanRows) = (new CsvRows(options.Ledger), new CsvRows(options.Late), new OrphanRows());

        StoreFile File(string name, string path, string header, char delimiter, LedgerRotation? rotation = null) =>
            new(new StoreFileOptions(name, path, header, delimiter, options.MostUnsyncedBatches, rotation), database, disk, logger);
    }

    public StoreFile Ledger { get; }

    public StoreFile Late { get; }

    public StoreFile Orphans { get; }

    /// <inheritdoc cref="StoreFile.MakeReady"/>
    public void MakeReady() => Array.ForEach(_all, static file => file.MakeReady());

    /// <summary>Stages the rows of the pairs that are joined, within a transaction.</summary>
    public StagedFiles Stage(KeptPair[] pairs) =>
        new(Stage(Ledger, _rows, pairs, PairStage.Joined), Stage(Late, _lateRows, pairs, PairStage.JoinedLate), default);

    /// <summary>Stages orphans, within a transaction.</summary>
    public StagedFiles Stage(IReadOnlyList<Orphan> orphans, DateTimeOffset now) =>
        new(default, default, orphans.Count > 0 ? Orphans.Stage(_orphanRows.Format(orphans, now), orphans.Count) : default);

    /// <inheritdoc cref="StoreFile.Sync"/>
    public void Sync() => Array.ForEach(_all, static file => file.Sync());

    /// <inheritdoc cref="StoreFile.ClearRedo"/>
    public void ClearRedo() => Array.ForEach(_all, static file => file.ClearRedo());

    public void Dispose() => Array.ForEach(_all, static file => file.Dispose());

    private static StoreFile.Staged Stage(StoreFile file, CsvRows format, KeptPair[] pairs, PairStage stage)
    {
        LedgerRow[] rows = [.. pairs.Where(pair => pair.Known.Stage == stage).Select(static pair => pair.Row)];
        return rows.Length > 0 ? file.Stage(format.Format(rows), rows.Length) : default;
    }
}

/// <summary>Holds what one transaction changes in the files. To roll back, drop it.</summary>
internal readonly record struct StagedFiles(StoreFile.Staged Ledger, StoreFile.Staged Late, StoreFile.Staged Orphans)
{
    /// <inheritdoc cref="StoreFile.Staged.Commit"/>
    public void Commit()
    {
        Ledger.Commit();
        Late.Commit();
        Orphans.Commit();
    }
}
