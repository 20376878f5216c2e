using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>How a SQLite store comes up: lock, tables, files made good, unknown rows indexed.</summary>
internal sealed class SqliteStoreStart(SqliteJoinStoreOptions options, IDisk disk, ILogger logger, Action<string> step)
{
    private const int PageSize = 10_000;

    public SqliteJoinStore Open()
    {
        // SQLite's file is on the real disk, whatever disk the CSV files are on.
        LocalDisk.Instance.CreateFolder(CsvLedger.Folder(options.Path));
        disk.CreateFolder(CsvLedger.Folder(options.Ledger.Path));
        var @lock = Lock();
        SqliteDatabase? database = null;
        StoreFiles? files = null;
        try
        {
            database = SqliteDatabase.Open(options.Path, readOnly: false);
            database.Step = step;
            if (SqliteSchema.Prepare(database, options.Path))
            {
                LocalDisk.Instance.SyncFolder(CsvLedger.Folder(options.Path));
            }

            var (pairs, counts) = (new PairTable(database), new CountTable(database));
            files = new StoreFiles(options, database, disk, logger);
            files.Orphans.RecoverIfBegun();
            Adopt(files.Ledger, PairStage.Joined, files.Ledger.Recover(), database, pairs, counts);
            if (files.Late.IsBegun)
            {
                Adopt(files.Late, PairStage.JoinedLate, files.Late.Recover(), database, pairs, counts);
            }

            var store = new SqliteJoinStore(options, database, files, pairs, counts, @lock, logger);
            Report(counts, files);
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

    private IDisposable Lock()
    {
        try
        {
            return LocalDisk.Instance.Lock(options.Path + ".lock");
        }
        catch (IOException fault)
        {
            throw new StoreUnusableException(
                $"The store '{options.Path}' is in use by another process, or '{options.Path}.lock' cannot be made: {fault.Message} Stop the other one, or give this node another logs.path.", fault);
        }
    }

    /// <summary>Indexes what is in the ledger behind what the store committed, a page a transaction.</summary>
    private void Adopt(StoreFile ledger, PairStage stage, CsvTail end, SqliteDatabase database, PairTable pairs, CountTable counts)
    {
        // Whatever the redo had is in the file now.
        database.Transact(ledger.ForgetRedo);
        var layout = new CsvLayout((byte)options.Ledger.Delimiter, 0, 1, 2, 3, ledger.Mark.Length);
        var buffer = new byte[1024 * 1024];
        var total = 0L;
        while (ledger.Mark.Length < end.Length)
        {
            var page = new CsvPage(PageSize);
            page.Read(layout, ledger.Read, buffer, ledger.Mark.Length, CancellationToken.None);
            var rows = 0L;
            database.Transact(() =>
            {
                var adoption = new Adoption(pairs, stage, options.KeysOf);
                rows = page.Rows.Count(row => adoption.Adopt(row));
                var (yTrue, yPred) = counts.Read();
                counts.Write(yTrue + adoption.YTrue, yPred + adoption.YPred);
                ledger.Take(new CsvTail(page.Next, rows));
            });
            ledger.Taken();
            total += rows;
        }

        if (total > 0)
        {
            Log.RowsAdopted(logger, ledger.Path, total);
        }
    }

    private void Report(CountTable counts, StoreFiles files)
    {
        var (yTrue, yPred) = counts.Read();
        Log.StoreOpened(
            logger,
            options.Path,
            SqliteLibrary.Load(),
            files.Ledger.Mark.Rows,
            files.Late.Mark.Rows,
            yTrue.Pending + yPred.Pending,
            yTrue.Orphaned + yPred.Orphaned);
    }
}
