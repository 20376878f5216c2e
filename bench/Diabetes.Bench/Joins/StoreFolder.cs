using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Bench.Joins;

/// <summary>A SQLite store in a folder of its own, on the disk where temporary files are, and halves to put into it.</summary>
internal sealed class StoreFolder : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("joins-bench-").FullName;
    private readonly bool _uuids;
    private SqliteJoinStore? _store;
    private long _next = 1_730_027_639_447_099;

    /// <param name="uuids">Whether ids are random, instead of times.</param>
    public StoreFolder(bool uuids = false)
    {
        _uuids = uuids;
        Open();
    }

    public string Ledger => Path.Combine(_folder, "metric_log.csv");

    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>Opens the store, for the first time or again.</summary>
    public void Open()
    {
        // One key an id: no string here holds a number.
        var options = new SqliteJoinStoreOptions(File("metric.db"), new CsvLedgerOptions(Ledger)) { UnifyIds = true };
        _store = SqliteJoinStore.Open(options, LocalDisk.Instance, NullLogger.Instance);
    }

    public ValueTask CloseAsync() => _store!.DisposeAsync();

    /// <summary>Makes new ids.</summary>
    public ObservationId[] Ids(int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => _uuids
            ? ObservationId.FromText(Guid.NewGuid().ToString())
            : ObservationId.FromUnixMicroseconds(_next += 13)),
    ];

    public static PairHalf[] Halves(ObservationId[] ids, PairSide side) => Array.ConvertAll(
        ids,
        id => new PairHalf(id, side, side == PairSide.YTrue ? 151 : 206.11667725 + (id.GetHashCode() % 1000)));

    public static PairHalf[] Pairs(ObservationId[] ids) =>
    [
        .. Halves(ids, PairSide.YTrue)
            .Zip(Halves(ids, PairSide.YPred), static (truth, prediction) => (PairHalf[])[prediction, truth])
            .SelectMany(static pair => pair),
    ];

    public void Commit(PairHalf[] halves)
    {
        var batch = new JoinBatch(halves, ExpectedModels.Anyone);
        _store!.CommitAsync(batch, TimeProvider.System.GetUtcNow(), CancellationToken.None).AsTask().Wait();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
