using Diabetes.Domain.Joining;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <content>What verify and repair make of closed segments.</content>
public sealed partial class SqliteRotationTests
{
    [Fact]
    public async Task Audit_BesideAStoreThatRotates_Agrees()
    {
        _rotation = _rotation with { Size = 1 };
        await using var store = Open();
        var writing = Task.Run(async () =>
        {
            for (var id = 0; id < 300; id++)
            {
                await PairsAsync(store, id);
            }
        });
        for (var looks = 0; !writing.IsCompleted || looks < 3; looks++)
        {
            // Between a commit and its write is a moment that the audit has its own word for.
            Assert.DoesNotContain(Audit().Differences, static difference =>
                !difference.Contains("Start the metric node", StringComparison.Ordinal));
        }

        await writing;
        Assert.Equal(300, Audit().Counts.Rows);
    }

    [Fact]
    public async Task Audit_ClosedSegmentEdited_SaysWhatDiffers()
    {
        await FillAsync();
        await File.WriteAllTextAsync(_folder.In("metric_log.2.csv"), Text(9));

        var said = string.Join('\n', Audit().Differences);

        Assert.Contains("with its 3 closed segments has rows that the index does not know, or has them twice: 1, such as 9.5 (1, 3)", said);
        Assert.Contains("with its 3 closed segments lacks rows that the index has: 1, such as 2.5 (1, 3). It was edited", said);
    }

    [Fact]
    public async Task Audit_SegmentsArchived_SaysWhichAndWhatTheyHad()
    {
        await FillAsync();
        File.Delete(_folder.In("metric_log.1.csv"));
        File.Delete(_folder.In("metric_log.2.csv"));

        var said = Assert.Single(Audit().Differences);

        Assert.Contains("lacks rows that the index has: 2, such as 1.5 (1, 3); 2.5 (1, 3)", said);
        Assert.Contains("2 of its 3 closed segments are not beside it ('metric_log.1.csv', 'metric_log.2.csv')", said);
        Assert.Contains("Put back", said);
    }

    [Fact]
    public async Task Repair_Segments_AreAllInTheNewIndexAndNoNumberIsGivenTwice()
    {
        await FillAsync();
        await File.WriteAllTextAsync(_folder.In("metric_log.1.csv"), Text(1, 8));

        Assert.Equal((0, 0, true), await RepairAsync());

        var audit = Audit();
        Assert.Empty(audit.Differences);
        Assert.Equal(4, audit.Counts.Rows);
        await using var store = Open();
        Assert.Equal([Verdict.Duplicate, Verdict.Duplicate, Verdict.Duplicate],
            await CommitAsync(store, True(1, 1), True(8, 1), True(3, 1)));
        await PairsAsync(store, 20);
        await PairsAsync(store, 21);
        Assert.Contains("metric_log.4.csv", Files);
    }

    [Fact]
    public async Task Repair_SegmentArchived_ItsIdsAreNotJoinedAgain()
    {
        await FillAsync();
        File.Delete(_folder.In("metric_log.2.csv"));

        Assert.Equal((1, 0, true), await RepairAsync());

        await using (var store = Open())
        {
            Assert.Equal([Verdict.Duplicate, Verdict.Duplicate, Verdict.Duplicate],
                await CommitAsync(store, True(1, 1), True(2, 1), Pred(2, 3)));
        }

        var audit = Audit();
        Assert.Contains("1 of its 3 closed segments are not beside it ('metric_log.2.csv')", Assert.Single(audit.Differences));
        Assert.Equal(3, audit.Counts.Rows);
        await File.WriteAllTextAsync(_folder.In("metric_log.2.csv"), Text(2));
        Assert.Empty(Audit().Differences);
    }

    [Fact]
    public async Task Repair_SegmentArchivedAndIndexIsAnOlderCopy_KeepsTheIdsOfBoth()
    {
        await FillAsync();
        var older = await File.ReadAllBytesAsync(_folder.Database);
        await using (var store = Open())
        {
            await PairsAsync(store, 20);
        }

        File.Delete(_folder.In("metric_log.2.csv"));
        await File.WriteAllBytesAsync(_folder.Database, older);

        // All rows have the same values.
        Assert.Equal((1, 0, true), await RepairAsync());
        await using var again = Open();
        Assert.Equal([Verdict.Duplicate, Verdict.Duplicate], await CommitAsync(again, True(2, 1), True(20, 1)));
    }

    [Fact]
    public async Task Repair_DamagedAndSegmentArchived_IsRefusedUnlessItIsToDoWithout()
    {
        await FillAsync();
        File.Delete(_folder.In("metric_log.2.csv"));
        await File.WriteAllTextAsync(_folder.Database, new string('x', 8192));

        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => RepairAsync());

        Assert.Contains("'metric_log.2.csv'", refused.Message);
        Assert.Contains("--without-archived", refused.Message);
        Assert.Equal(new string('x', 8192), _folder.Text("metric.db"));
        Assert.Equal((0, 0, false), await RepairAsync(withoutArchived: true, "again.db"));
        Assert.Empty(Audit().Differences);
        Assert.Equal(2, Audit().Counts.Rows);
    }

    [Fact]
    public async Task Repair_ArchivedSegmentWasTheLast_ItsNumberIsNotGivenAgain()
    {
        await FillAsync();
        foreach (var number in (int[])[1, 2, 3])
        {
            File.Delete(_folder.In($"metric_log.{number}.csv"));
        }

        Assert.Equal((3, 0, true), await RepairAsync());
        await using var store = Open();
        Assert.Equal(Verdict.Duplicate, Assert.Single(await CommitAsync(store, True(3, 1))));
        await PairsAsync(store, 20);
        await PairsAsync(store, 21);

        Assert.Equal(["metric_log.4.csv", "metric_log.csv"], Files);
    }

    [Fact]
    public async Task Repair_AllArchivedAndOnlyTheirNumberCanBeRead_RefusesAndGivesNoNumberTwice()
    {
        await FillAsync();
        using (var database = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            database.Execute("DROP TABLE pairs");
        }

        foreach (var number in (int[])[1, 2, 3])
        {
            File.Delete(_folder.In($"metric_log.{number}.csv"));
        }

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => RepairAsync());
        Assert.Contains("'metric_log.1.csv', 'metric_log.2.csv', 'metric_log.3.csv'", refusal.Message);

        Assert.Equal((0, 0, false), await RepairAsync(withoutArchived: true, "again.db"));
        await using var store = Open();
        await PairsAsync(store, 20);
        await PairsAsync(store, 21);
        Assert.Equal(["metric_log.4.csv", "metric_log.csv"], Files);
    }

    private async Task<(long Archived, long Dropped, bool Carried)> RepairAsync(bool withoutArchived = false, string kept = "former.db")
    {
        var report = await SqliteStoreRepair.RunAsync(_folder.Options, _folder.In(kept), withoutArchived, LocalDisk.Instance, _folder.Log);
        return (report.Archived, report.Dropped, report.Carried);
    }

    /// <summary>Leaves three segments of a row each, and an empty ledger.</summary>
    private async Task FillAsync()
    {
        _rotation = _rotation with { Size = 1 };
        await using var store = Open();
        await PairsAsync(store, 1);
        await PairsAsync(store, 2);
        await PairsAsync(store, 3);
    }
}
