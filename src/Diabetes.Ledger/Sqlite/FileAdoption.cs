using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Indexes rows that are in a store's files and not in its index, one page in each transaction.</summary>
internal sealed class FileAdoption(SqliteDatabase database, PairTable pairs, CountTable counts, SqliteJoinStoreOptions options)
{
    private const int PageSize = 10_000;

    private readonly byte[] _buffer = new byte[1024 * 1024];

    /// <summary>
    /// Indexes all closed segments, for a store that has nothing of its ledger yet. Rows that an earlier, unfinished try has indexed count
    /// once.
    /// </summary>
    /// <returns>Rows that were new.</returns>
    /// <exception cref="LedgerUnusableException">A segment has another header.</exception>
    public long Closed(StoreFile ledger, IDisk disk)
    {
        var total = 0L;
        foreach (var number in CsvSegments.Numbers(disk, ledger.Path))
        {
            var path = CsvSegments.Path(ledger.Path, number);
            using var segment = disk.OpenToRead(path) ?? throw new IOException($"'{path}' was moved or deleted during the start. " +
                $"Start the node again, and leave the ledger alone until it is up.");
            var start = CsvHeader.End(segment, path, options.Ledger.Header, options.Ledger.Delimiter) ?? segment.Length;
            total += Run(PairStage.Joined, segment.Read, start, segment.Length, end => ledger.AdoptClosed(number, end.Rows));

            // A segment without rows counts too.
            database.Transact(() => ledger.AdoptClosed(number, 0)).Commit();
        }

        return total;
    }

    /// <summary>Indexes the rows behind those that the store committed.</summary>
    /// <returns>Rows that were new.</returns>
    public long Active(StoreFile ledger, PairStage stage, CsvTail end) =>
        Run(stage, ledger.Read, ledger.Mark.Length, end.Length, ledger.Adopt);

    private long Run(PairStage stage, ReadAt read, long from, long to, Func<CsvTail, StoreFile.Staged> adopt)
    {
        var layout = new CsvLayout((byte)options.Ledger.Delimiter, 0, 1, 2, 3, from);
        var total = 0L;
        for (var position = from; position < to;)
        {
            var page = new CsvPage(PageSize);
            page.Read(layout, read, _buffer, position, CancellationToken.None);
            if (page.Next == position)
            {
                // Only a closed segment that was edited ends with an incomplete record.
                break;
            }

            var rows = 0L;
            database.Transact(() =>
            {
                var adoption = new RowAdoption(pairs, stage, options);
                rows = page.Rows.Count(row => adoption.Adopt(row));
                var (yTrue, yPred) = counts.Read();
                counts.Write(yTrue + adoption.YTrue, yPred + adoption.YPred);
                return adopt(new CsvTail(page.Next, rows));
            }).Commit();
            (position, total) = (page.Next, total + rows);
        }

        return total;
    }
}
