using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Disk;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>The files beside a SQLite store: what is in them, and what happens when others touch them.</summary>
public sealed class SqliteFilesTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ledger_Rows_AreWhatPythonWrites()
    {
        await using (var store = _folder.Open())
        {
            Assert.Equal(SqliteFolder.Header, _folder.Text("metric_log.csv"));
            await CommitAsync(store, True("1730027639.447099", 295), Pred("1730027639.447099", 1e-05), Pred("\"a,\\\"b\"", 1e16),
                True("\"a,\\\"b\"", 0.5));
            Assert.Equal(SqliteFolder.Header + "1730027639.447099,295.0,1e-05,294.99999\n\"a,\"\"b\",0.5,1e+16,1e+16\n",
                _folder.Text("metric_log.csv"));
        }

        Assert.False(File.Exists(_folder.In("late.csv")));
        Assert.False(File.Exists(_folder.In("orphans.csv")));
        Assert.False(File.Exists(_folder.In("metric.db-wal")));
    }

    [Fact]
    public async Task LateAndOrphans_AreInFilesOfTheirOwn()
    {
        var since = new DateTimeOffset(2024, 10, 27, 11, 47, 19, 447, TimeSpan.Zero);
        await using var store = _folder.Open();
        await store.CommitAsync(new JoinBatch([True(1, 10)], ExpectedModels.Anyone), since, default);
        await store.CommitAsync(new JoinBatch([Pred("\"x\"", 12, "champion")], ExpectedModels.Of(["champion"])), since.AddSeconds(1),
            default);

        Assert.Equal(2, (await store.OrphanAsync(since.AddMinutes(1), TimeSpan.FromSeconds(30), 100, default)).Count);
        await CommitAsync(store, Pred(1, 12));

        Assert.Equal(
            $"{OrphanRows.Header}\n1.5,y_true,10.0,,2024-10-27T11:47:19.447Z,60.0\nx,y_pred,12.0,champion,2024-10-27T11:47:20.447Z,59.0\n",
            _folder.Text("orphans.csv"));
        Assert.Equal(SqliteFolder.Header + "1.5,10.0,12.0,2.0\n", _folder.Text("late.csv"));
        Assert.Equal(SqliteFolder.Header, _folder.Text("metric_log.csv"));
    }

    [Fact]
    public async Task Open_LedgerOfAnEarlierLife_IndexesItsRows()
    {
        File.WriteAllText(_folder.Ledger, SqliteFolder.Header + "1.5,10.0,12.0,2.0\n17,1.0,2.0,1.0\nname,1.0,2.0,1.0\n1.5,tor");

        await using var store = _folder.Open();

        Assert.Equal(1, _folder.Log.Count(9032));
        Assert.Equal(1, _folder.Log.Count(9022));
        Assert.Equal(new StoreCounts(new(3, 3, 0, 0, 0, 0), new(3, 3, 0, 0, 0, 0), 3, 0), await store.CountAsync(default));
        Assert.Equal([Verdict.Duplicate, Verdict.Conflict], await CommitAsync(store, True(1, 10), True(1, 11)));

        // Whether 17 was a number or a string, nobody knows any more: neither is joined again.
        Assert.Equal([Verdict.Duplicate, Verdict.Duplicate, Verdict.Duplicate],
            await CommitAsync(store, True("17", 1), True("\"17\"", 1), Pred("\"name\"", 2)));
        Assert.Equal(SqliteFolder.Header + "1.5,10.0,12.0,2.0\n17,1.0,2.0,1.0\nname,1.0,2.0,1.0\n", _folder.Text("metric_log.csv"));
    }

    [Fact]
    public async Task Open_RowsBehindWhatWasCommitted_AreIndexedAndTheirHalvesWaitNoMore()
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, True(1, 10), Pred(1, 12), True(2, 20), Pred(3, 30), Pred("\"17\"", 5));
            await store.OrphanAsync(DateTimeOffset.MaxValue, TimeSpan.Zero, 1, default);
        }

        File.AppendAllText(_folder.Ledger, "2.5,20.0,21.0,1.0\n3.5,31.0,30.0,1.0\n17,4.0,5.0,1.0\n");
        await using var again = _folder.Open();

        var counts = await again.CountAsync(default);
        Assert.Null(counts.Mismatch);
        Assert.Equal((4, 0, 0), (counts.Rows, counts.YTrue.Pending + counts.YPred.Pending, counts.YTrue.Orphaned + counts.YPred.Orphaned));
        Assert.Equal(
            [Verdict.Duplicate, Verdict.Duplicate, Verdict.Duplicate, Verdict.Hold],
            await CommitAsync(again, Pred(2, 21), True(3, 31), True("\"17\"", 4), True("17", 4)));
    }

    [Fact]
    public async Task Open_TornTail_IsCut()
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, True(1, 10), Pred(1, 12));
        }

        File.AppendAllText(_folder.Ledger, "9.5,1.0,2");
        await using var again = _folder.Open();

        Assert.Equal(SqliteFolder.Header + "1.5,10.0,12.0,2.0\n", _folder.Text("metric_log.csv"));
        Assert.Equal(1, (await again.CountAsync(default)).Rows);
    }

    [Fact]
    public async Task Open_LedgerTakenAway_BeginsAnewAndStillKnowsTheIds()
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, True(1, 10), Pred(1, 12));
        }

        File.Delete(_folder.Ledger);
        await using var again = _folder.Open();

        Assert.Equal(1, _folder.Log.Count(9025));
        Assert.Equal([Verdict.Duplicate, Verdict.Hold, Verdict.Join], await CommitAsync(again, True(1, 10), True(2, 1), Pred(2, 2)));
        Assert.Equal(SqliteFolder.Header + "2.5,1.0,2.0,1.0\n", _folder.Text("metric_log.csv"));
        Assert.Equal(2, (await again.CountAsync(default)).Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_LedgerTakenAwayMeanwhile_GoesOnInANewOne(bool emptied)
    {
        await using var store = _folder.Open();
        await CommitAsync(store, True(1, 10), Pred(1, 12));
        if (emptied)
        {
            await File.WriteAllTextAsync(_folder.Ledger, "");
        }
        else
        {
            File.Move(_folder.Ledger, _folder.In("old.csv"));
        }

        await CommitAsync(store, True(2, 1), Pred(2, 2));

        Assert.Equal(SqliteFolder.Header + "2.5,1.0,2.0,1.0\n", _folder.Text("metric_log.csv"));
        Assert.Equal(1, _folder.Log.Count(9025));
    }

    [Fact]
    public async Task Open_LedgerCutOrReplaced_SaysWhatToDo()
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, True(1, 10), Pred(1, 12), True(2, 10), Pred(2, 12));
        }

        foreach (var content in (string[])[SqliteFolder.Header + "1.5,10.0,12.0,2.0\n", SqliteFolder.Header + new string('x', 100) + "\n",
            "id,"])
        {
            await File.WriteAllTextAsync(_folder.Ledger, content);
            var fault = Assert.Throws<StoreUnusableException>(_folder.Open);
            Assert.Contains("metric_log.csv", fault.Message);
            Assert.Contains("diabetes verify --repair", fault.Message);
            Assert.Equal(content, _folder.Text("metric_log.csv"));
        }
    }

    [Fact]
    public async Task Commit_LedgerCutMeanwhile_SaysWhatToDo()
    {
        await using var store = _folder.Open();
        await CommitAsync(store, True(1, 10), Pred(1, 12));
        await File.WriteAllTextAsync(_folder.Ledger, SqliteFolder.Header);

        await Assert.ThrowsAsync<StoreUnusableException>(async () => await CommitAsync(store, True(2, 10)));
    }

    [Fact]
    public async Task Commit_AnotherProgramWrites_CommitsNothing()
    {
        await using var store = _folder.Open();
        await CommitAsync(store, True(1, 10), Pred(1, 12));
        await File.AppendAllTextAsync(_folder.Ledger, "9.5,1.0,2.0,1.0\n");

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await CommitAsync(store, True(2, 10), Pred(2, 12)));

        Assert.Contains("another program writes it too", fault.Message);
        Assert.Equal(1, (await store.CountAsync(default)).Rows);
    }

    [Fact]
    public void Open_ForeignHeader_SaysWhichItHasAndWhichItWants()
    {
        File.WriteAllText(_folder.Ledger, "message_id,y_true,y_pred,error\n");

        var fault = Assert.Throws<LedgerUnusableException>(_folder.Open);

        Assert.Contains("message_id,y_true,y_pred,error", fault.Message);
        Assert.Contains("metric.ledger.error-column", fault.Message);
    }

    [Fact]
    public async Task Commit_ManyBatches_SyncsEverySoOftenAndForgetsTheRedo()
    {
        var disk = new MemoryDisk();
        await using var store = SqliteJoinStore.Open(_folder.Options, disk, _folder.Log);
        disk.Calls.Clear();
        for (var id = 0; id < 100; id++)
        {
            await CommitAsync(store, True(id, 1), Pred(id, 2));
        }

        Assert.Equal(100, disk.Calls.Count(static call => call.StartsWith("write", StringComparison.Ordinal)));
        Assert.Equal(3, disk.Calls.Count(static call => call.StartsWith("sync", StringComparison.Ordinal)));
        using var database = SqliteDatabase.Open(_folder.Database, readOnly: true);
        Assert.Equal(4, database.Scalar("SELECT count(*) FROM redo"));
    }

    private async Task<Verdict[]> CommitAsync(SqliteJoinStore store, params PairHalf[] halves)
    {
        var outcome = await _folder.On(store).CommitAsync(halves, 0, 0, CancellationToken.None);
        Assert.Null((await store.CountAsync(default)).Mismatch);
        return [.. outcome.Verdicts];
    }
}
