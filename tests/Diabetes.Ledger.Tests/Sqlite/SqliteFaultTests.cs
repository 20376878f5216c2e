using System.Text;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Disk;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>
/// A SQLite file or a disk that does not do what it should: a clear word, nothing lost, and on again by itself where that can be.
/// </summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_InUse_IsRefusedUntilTheOtherIsGone()
    {
        await using (_folder.Open())
        {
            var fault = Assert.Throws<StoreUnusableException>(_folder.Open);
            Assert.Contains("in use by another process", fault.Message);
            Assert.Contains("another logs.path", fault.Message);
        }

        await _folder.Open().DisposeAsync();
    }

    [Fact]
    public async Task Commit_LockedByAnotherProgram_SaysSoAndGoesOnWhenItIsFree()
    {
        await using var store = _folder.Open();
        using (var other = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            other.Execute("BEGIN IMMEDIATE");
            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await CommitAsync(store, True(1, 1), Pred(1, 2)));
            Assert.Contains("locked by another program", fault.Message);
            Assert.Contains("metric.db", fault.Message);
        }

        Assert.Equal([Verdict.Hold, Verdict.Join], await CommitAsync(store, True(1, 1), Pred(1, 2)));
    }

    [Theory]
    [InlineData("this is no SQLite file, but long enough to be looked at as if it were one, which takes a hundred bytes or more of text")]
    [InlineData("SQLite format 3\0 and then nothing that makes sense, which goes on for more than a hundred bytes in this very file here")]
    public async Task Open_DamagedFile_SaysWhatToDo(string content)
    {
        await File.WriteAllTextAsync(_folder.Database, content);

        var fault = Assert.Throws<StoreUnusableException>(_folder.Open);

        Assert.Contains("damaged", fault.Message);
        Assert.Contains("diabetes verify --repair", fault.Message);
        Assert.Equal(content, _folder.Text("metric.db"));
    }

    [Fact]
    public async Task Commit_PagesDamaged_SaysWhatToDo()
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, [.. Enumerable.Range(0, 2000).Select(id => True(id, id))]);
        }

        var bytes = await File.ReadAllBytesAsync(_folder.Database);
        Random.Shared.NextBytes(bytes.AsSpan(8192));
        await File.WriteAllBytesAsync(_folder.Database, bytes);

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(async () =>
        {
            await using var store = _folder.Open();
            await CommitAsync(store, [.. Enumerable.Range(0, 2000).Select(id => Pred(id, id))]);
        });
        Assert.Contains("damaged", fault.Message);
    }

    [Fact]
    public void Open_FileOfAnotherProgram_IsLeftAlone()
    {
        using (var other = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            other.Execute("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')");
        }

        var before = File.ReadAllBytes(_folder.Database);
        var fault = Assert.Throws<StoreUnusableException>(_folder.Open);

        Assert.Contains("not one of this system", fault.Message);
        Assert.Equal(before, File.ReadAllBytes(_folder.Database));
    }

    [Fact]
    public async Task Open_LaterFormat_SaysSo()
    {
        await _folder.Open().DisposeAsync();
        using (var later = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            later.Execute("PRAGMA user_version = 99");
        }

        Assert.Contains("later version", Assert.Throws<StoreUnusableException>(_folder.Open).Message);
    }

    [Theory]
    [InlineData("closing")]
    [InlineData("closing", "segment", "day")]
    public async Task Open_EarlierFormat_IsBroughtToThisOneAndLosesNothing(params string[] columns)
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, True(1, 1), Pred(1, 2), True(2, 1));
        }

        using (var earlier = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            earlier.Execute(
                string.Concat(columns.Select(column => $"ALTER TABLE files DROP COLUMN {column};")) + "PRAGMA user_version = 1");
        }

        Assert.Contains("Start the metric node once",
            Assert.Throws<StoreUnusableException>(() => SqliteStoreAudit.Run(_folder.Options, LocalDisk.Instance, default)).Message);
        await using var again = _folder.Open();
        Assert.Equal([Verdict.Duplicate, Verdict.Join], await CommitAsync(again, True(1, 1), Pred(2, 2)));
        Assert.Empty(SqliteStoreAudit.Run(_folder.Options, LocalDisk.Instance, default).Differences);
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("put")]
    [InlineData("stage")]
    [InlineData("count")]
    [InlineData("commit")]
    public async Task Commit_StoreRefuses_KeepsNothingAndTakesItNextTime(string step)
    {
        var refuses = false;
        await using var store = SqliteJoinStore.Open(
            _folder.Options, LocalDisk.Instance, _folder.Log, name =>
            {
                if (refuses && name == step)
                {
                    throw new StoreUnavailableException("no space");
                }
            });
        await CommitAsync(store, True(1, 1));
        var before = await store.CountAsync(default);
        refuses = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await CommitAsync(store, Pred(1, 2), Pred(3, 3)));

        Assert.Equal(before, await store.CountAsync(default));
        Assert.Equal(SqliteFolder.Header, _folder.Text("metric_log.csv"));
        refuses = false;
        Assert.Equal([Verdict.Join, Verdict.Hold], await CommitAsync(store, Pred(1, 2), Pred(3, 3)));
        Assert.Equal(SqliteFolder.Header + "1.5,1.0,2.0,1.0\n", _folder.Text("metric_log.csv"));
    }

    [Theory]
    [InlineData("write", 0)]
    [InlineData("write", 0.5)]
    [InlineData("write", 1)]
    public async Task Commit_LedgersDiskRefuses_IsDurableAllTheSameAndTheNextBatchWaits(string call, double torn)
    {
        var disk = new MemoryDisk { TornAt = torn };
        await using var store = SqliteJoinStore.Open(_folder.Options, disk, _folder.Log);
        disk.Fails = (_, name) => name == call;

        Assert.Equal([Verdict.Hold, Verdict.Join], await CommitAsync(store, True(1, 1), Pred(1, 2)));
        Assert.Equal(1, _folder.Log.Count(9031));
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await CommitAsync(store, True(2, 1), Pred(2, 2)));
        Assert.Contains("metric_log.csv", fault.Message);
        Assert.Equal(1, (await store.CountAsync(default)).Rows);

        disk.Fails = static (_, _) => false;
        Assert.Equal([Verdict.Hold, Verdict.Join], await CommitAsync(store, True(2, 1), Pred(2, 2)));
        Assert.Equal(SqliteFolder.Header + "1.5,1.0,2.0,1.0\n2.5,1.0,2.0,1.0\n", Encoding.UTF8.GetString(disk.Bytes(_folder.Ledger)));
    }

    [Fact]
    public async Task Execute_FileThatCannotBeWritten_SaysSo()
    {
        await _folder.Open().DisposeAsync();
        using var database = SqliteDatabase.Open(_folder.Database, readOnly: true);

        var fault = Assert.Throws<StoreUnavailableException>(() => database.Execute("DELETE FROM pairs"));

        Assert.Contains("cannot be written", fault.Message);
        Assert.Contains("logs.path", fault.Message);
    }

    [Fact]
    public async Task Commit_RowOfTheIndexWithoutItsValue_SaysThatTheStoreIsDamagedAndHowToRepairIt()
    {
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, True(1, 1));
        }

        using (var other = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            other.Execute("UPDATE pairs SET y_true = NULL");
        }

        await using var again = _folder.Open();
        var fault = await Assert.ThrowsAsync<StoreUnusableException>(async () => await CommitAsync(again, Pred(1, 2)));

        Assert.Contains("stage 1", fault.Message);
        Assert.Contains("diabetes verify --repair", fault.Message);
        Assert.Equal(SqliteFolder.Header, _folder.Text("metric_log.csv"));
    }

    private async Task<Verdict[]> CommitAsync(SqliteJoinStore store, params PairHalf[] halves)
    {
        var outcome = await _folder.On(store).CommitAsync(halves, 0, 0, CancellationToken.None);
        Assert.Null((await store.CountAsync(default)).Mismatch);
        return [.. outcome.Verdicts];
    }
}
