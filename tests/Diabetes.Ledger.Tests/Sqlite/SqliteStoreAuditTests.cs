using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;

namespace Diabetes.Ledger.Tests.Sqlite;

public sealed class SqliteStoreAuditTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Audit_BesideARunningStore_AgreesAndCounts()
    {
        await using var store = _folder.Open();
        await FillAsync(store);

        var audit = Audit();

        Assert.Empty(audit.Differences);
        Assert.Equal("3 received = 2 joined + 1 pending + 0 orphaned + 0 duplicates + 0 quarantined", audit.Counts.YTrue.ToString());
        Assert.Equal((2, 0), (audit.Counts.Rows, audit.Counts.LateRows));
    }

    [Theory]
    [InlineData("1.5,1.0,3.0,2.0\n2.5,1.0,3.0,2.0\n", "1.5,1.0,3.0,2.0\n9.5,1.0,3.0,2.0\n",
        "rows that the index does not know, or has them twice: 1, such as 9.5 (1, 3)")]
    [InlineData("1.5,1.0,3.0,2.0\n2.5,1.0,3.0,2.0\n", "1.5,1.0,3.0,2.0\n1.5,1.0,3.0,2.0\n",
        "lacks rows that the index has: 1, such as 2.5 (1, 3)")]
    [InlineData("1.5,1.0,3.0,2.0\n", "no row at all,,\n", "1 lines that are not rows")]
    [InlineData("2.5,1.0,3.0,2.0\n", "", "it was cut or taken away")]
    public async Task Audit_LedgerEdited_SaysWhatDiffers(string rows, string edited, string said)
    {
        await using (var store = _folder.Open())
        {
            await FillAsync(store);
        }

        await File.WriteAllTextAsync(_folder.Ledger, _folder.Text("metric_log.csv").Replace(rows, edited, StringComparison.Ordinal));

        Assert.Contains(Audit().Differences, difference => difference.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audit_RowsBehindTheCommittedLength_AreNamed(bool whileItRuns)
    {
        var store = _folder.Open();
        await FillAsync(store);
        if (!whileItRuns)
        {
            await store.DisposeAsync();
        }

        using (var file = new FileStream(_folder.Ledger, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek(0, SeekOrigin.End);
            file.Write("8.5,1.0,3.0,2.0\n"u8);
        }

        Assert.Contains("another program appended '8.5,1.0,3.0,2.0'", Assert.Single(Audit().Differences), StringComparison.Ordinal);
        await store.DisposeAsync();
    }

    [Fact]
    public void Open_StoreThatIsALink_IsRefused()
    {
        File.CreateSymbolicLink(_folder.Database, _folder.In("elsewhere"));

        Assert.Contains("symbolic link", Assert.Throws<IOException>(_folder.Open).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("elsewhere")));
    }

    [Theory]
    [InlineData("copytruncate", true)]
    [InlineData("copytruncate", false)]
    [InlineData("rename", true)]
    [InlineData("rename", false)]
    public async Task Audit_LedgerTakenByLogrotate_NamesTheCommandThatMakesItASegment(string how, bool whileItRuns)
    {
        var store = _folder.Open();
        await FillAsync(store);
        if (!whileItRuns)
        {
            await store.DisposeAsync();
        }

        if (how == "rename")
        {
            File.Move(_folder.Ledger, _folder.Ledger + ".1");
        }
        else
        {
            await File.WriteAllTextAsync(_folder.Ledger + ".1", Shared());
            using var emptied = new FileStream(_folder.Ledger, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        }

        store = whileItRuns ? store : _folder.Open();
        await _folder.On(store).CommitAsync([Half(PairSide.YTrue, "7.5", 1), Half(PairSide.YPred, "7.5", 3)], 0, 0, CancellationToken.None);
        await store.DisposeAsync();

        var command = Assert.Single(Audit().Differences).Split("run: ")[1];
        Assert.Equal($"mv '{_folder.Ledger}.1' '{_folder.In("metric_log.1.csv")}'", command);
        File.Move(_folder.Ledger + ".1", _folder.In("metric_log.1.csv"));
        Assert.Empty(Audit().Differences);
        await _folder.Open().DisposeAsync();
        Assert.Equal(3, Audit().Counts.Rows);
    }

    [Theory]
    [InlineData("UPDATE counts SET received = 7 WHERE side = 'y_true'", "y_true does not add up")]
    [InlineData("DELETE FROM pairs WHERE stage = 1", "1 halves are counted as pending, and the index has 0")]
    public async Task Audit_StoreChangedByHand_SaysWhatDiffers(string sql, string said)
    {
        await using (var store = _folder.Open())
        {
            await FillAsync(store);
        }

        using (var database = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            database.Execute(sql);
        }

        Assert.Contains(Audit().Differences, difference => difference.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Audit_NoStore_SaysWhereToLook() =>
        Assert.Contains("--logs DIR", Assert.Throws<FileNotFoundException>(() => { Audit(); }).Message, StringComparison.Ordinal);

    /// <summary>The ledger, which its owner may have open.</summary>
    private string Shared()
    {
        using var file = new FileStream(_folder.Ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new StreamReader(file).ReadToEnd();
    }

    private StoreAudit Audit() => SqliteStoreAudit.Run(_folder.Options, LocalDisk.Instance, CancellationToken.None);

    private async Task FillAsync(SqliteJoinStore store) => await _folder.On(store).CommitAsync(
        [Half(PairSide.YTrue, "1.5", 1), Half(PairSide.YPred, "1.5", 3), Half(PairSide.YTrue, "2.5", 1), Half(PairSide.YPred, "2.5", 3),
            Half(PairSide.YTrue, "3.5", 1)], 0, 0, CancellationToken.None);

    private static PairHalf Half(PairSide side, string id, double value) =>
        ObservationId.TryParse(System.Text.Encoding.UTF8.GetBytes(id), unify: false, out var read)
            ? new PairHalf(read, side, value) : throw new ArgumentException(id);
}
