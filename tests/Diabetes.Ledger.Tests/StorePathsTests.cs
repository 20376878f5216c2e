using System.Text;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Quarantine;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Sqlite;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests;

public sealed class StorePathsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2024, 10, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly SqliteFolder _folder = new();

    private StorePaths Paths => _folder.Options.Paths;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Has_EveryFileOfALifeWithEverythingInIt_IsTrue()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        await using (var store = SqliteJoinStore.Open(
            _folder.Options with { Rotation = new LedgerRotation(1, Daily: false, TimeProvider.System) }, LocalDisk.Instance, _folder.Log))
        {
            await CommitAsync(store, True(1, 1), Pred(1, 2));
            await CommitAsync(store, True(2, 1), Pred(2, 2));
            await CommitAsync(store, True(3, 1), Pred(4, 1));
            await store.OrphanAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), TimeSpan.Zero, 10, default);
            await CommitAsync(store, Pred(3, 2));
            Look();
        }

        foreach (var file in (string[])[_folder.Ledger, _folder.In("late.csv"), _folder.In("orphans.csv")])
        {
            await File.AppendAllTextAsync(file, "9.5,1,\"2\nnever closed");
        }

        await _folder.Open().DisposeAsync();
        var quarantine = new QuarantineFile(_folder.In(QuarantineFile.Name), limit: 1);
        QuarantineEntry[] entry = [new(Noon, "y_true", "json", "no JSON", Encoding.UTF8.GetBytes("x"))];
        quarantine.Append(entry);
        quarantine.Append(entry);
        Look();
        await RepairAsync(_ => Look());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RepairAsync(step =>
        {
            if (step == "rename")
            {
                throw new StoreUnavailableException("The end.");
            }
        }));
        Look();

        Assert.Superset(
            new HashSet<string>
            {
                "late.csv", "late.csv.torn", "metric.db", "metric.db-shm", "metric.db-wal", "metric.db.20241027T120000", "metric.db.lock",
                "metric.db.new",
                "metric_log.1.csv", "metric_log.2.csv", "metric_log.csv", "metric_log.csv.torn", "orphans.csv", "orphans.csv.torn",
                "quarantine.ndjson", "quarantine.ndjson.1", "quarantine.ndjson.lock",
            },
            found);
        Assert.Equal([], found.Where(name => !Paths.Has(_folder.In(name))));

        void Look() => found.UnionWith(Directory.GetFiles(_folder.In("")).Select(static file => Path.GetFileName(file)));
    }

    [Theory]
    [InlineData("metric_log.3.csv")]
    [InlineData("./metric_log.csv")]
    [InlineData("metric.db-journal")]
    [InlineData("metric.db.new-wal")]
    [InlineData("metric.db.20241027T120000-wal")]
    public void Has_FileThatIsYetToCome_IsTrue(string name) => Assert.True(Paths.Has(_folder.In(name)));

    [Theory]
    [InlineData("export.csv")]
    [InlineData("metric_log.old.csv")]
    [InlineData("my_metric_log.1.csv")]
    [InlineData("others/late.csv")]
    [InlineData("metric.db.backup")]
    [InlineData("metric.csv")]
    public void Has_FileOfSomebodyElse_IsFalse(string name) => Assert.False(Paths.Has(_folder.In(name)));

    [Fact]
    public void Has_LedgerInAnotherFolderThanTheDatabase_KnowsBoth()
    {
        var paths = new StorePaths("/logs/metric.db", "/rows/metric_log.csv");

        Assert.All((string[])["/logs/metric.db", "/logs/quarantine.ndjson", "/rows/late.csv", "/rows/metric_log.1.csv"], path =>
            Assert.True(paths.Has(path)));
        Assert.All((string[])["/rows/metric.db", "/rows/quarantine.ndjson", "/logs/late.csv", "/logs/metric_log.1.csv"], path =>
            Assert.False(paths.Has(path)));
    }

    private async Task CommitAsync(SqliteJoinStore store, params Domain.Joining.PairHalf[] halves) =>
        await _folder.On(store).CommitAsync(halves, 0, 0, CancellationToken.None);

    private Task<SqliteStoreRepairReport> RepairAsync(Action<string> step)
    {
        File.Delete(Paths.Former(Noon));
        return SqliteStoreRepair.RunAsync(_folder.Options, Paths.Former(Noon), withoutArchived: false, LocalDisk.Instance, _folder.Log,
            step);
    }
}
