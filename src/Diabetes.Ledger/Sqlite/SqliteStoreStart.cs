using Diabetes.Domain.Joining;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Starts a SQLite store: takes the lock, prepares the tables, recovers the files, and indexes rows that it does not know.
/// </summary>
internal sealed class SqliteStoreStart(SqliteJoinStoreOptions options, IDisk disk, ILogger logger, Action<string> step)
{
    public SqliteJoinStore Open()
    {
        // SQLite's file is on the real disk, whatever disk the CSV files are on.
        LocalDisk.Instance.CreateFolder(ParentFolder.Of(options.Path));
        disk.CreateFolder(ParentFolder.Of(options.Ledger.Path));
        Array.ForEach(StorePaths.AllParts, part => LocalDisk.ThrowIfLink(options.Path + part));
        var @lock = StoreLock.Take(options.Path);
        SqliteDatabase? database = null;
        StoreFiles? files = null;
        try
        {
            ThrowIfRepairIsUnfinished();
            database = SqliteDatabase.Open(options.Path, readOnly: false);
            database.Step = step;
            if (SqliteSchema.Prepare(database, options.Path))
            {
                LocalDisk.Instance.SyncFolder(ParentFolder.Of(options.Path));
            }

            var (pairs, counts) = (new PairTable(database), new CountTable(database));
            files = new StoreFiles(options, database, disk, logger);
            files.Orphans.RecoverIfBegun();
            var adoption = new FileAdoption(database, pairs, counts, options);
            var closed = files.Ledger.Mark.Length == 0 ? adoption.Closed(files.Ledger, disk) : 0;
            Adopt(files.Ledger, PairStage.Joined, closed, database, adoption);
            if (files.Late.IsBegun)
            {
                Adopt(files.Late, PairStage.JoinedLate, 0, database, adoption);
            }

            var store = new SqliteJoinStore(options, database, files, pairs, counts, @lock, logger);
            Report(database.Version, counts, files);
            return store;
        }
        catch
        {
            files?.Dispose();
            database?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    private void ThrowIfRepairIsUnfinished()
    {
        if (File.Exists(options.Paths.Fresh))
        {
            throw new StoreUnusableException(
                $"A repair of '{options.Path}' was interrupted while it built '{options.Paths.Fresh}'. " +
                $"Run `diabetes verify --repair` again; nothing is lost.");
        }
    }

    private void Adopt(StoreFile file, PairStage stage, long closed, SqliteDatabase database, FileAdoption adoption)
    {
        var end = file.Recover();

        // Recovery has written the redo to the file.
        database.Transact(file.ClearRedo);
        if (closed + adoption.Active(file, stage, end) is > 0 and var rows)
        {
            Log.RowsAdopted(logger, file.Path, rows);
        }
    }

    private void Report(string version, CountTable counts, StoreFiles files)
    {
        var (yTrue, yPred) = counts.Read();
        Log.StoreOpened(
            logger,
            options.Path,
            version,
            files.Ledger.Mark.Rows,
            files.Late.Mark.Rows,
            yTrue.Pending + yPred.Pending,
            yTrue.Orphaned + yPred.Orphaned);
    }
}
