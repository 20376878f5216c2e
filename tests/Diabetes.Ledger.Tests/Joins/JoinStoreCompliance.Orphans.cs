using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Joins;

/// <summary>Halves that wait too long.</summary>
public abstract partial class JoinStoreCompliance
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Orphan_HalvesThatWaitedTooLong_AreGivenUpOnceAndTheOldestFirst()
    {
        var first = Time.GetUtcNow();
        await CommitAsync(Pred(1, 12, "champion"));
        Time.Advance(TimeSpan.FromHours(1));
        await CommitAsync(True(2, 10), True(3, 1), Pred(3, 1));
        Time.Advance(TimeSpan.FromHours(1));
        await CommitAsync(True(4, 10));
        Assert.Empty(await OrphanAsync(Day));
        Time.Advance(TimeSpan.FromHours(23));

        Assert.Equal([new Orphan("1.5", null, null, 12, first)], await OrphanAsync(Day, limit: 1));
        Assert.Equal([new Orphan("2.5", null, 10, null, first + TimeSpan.FromHours(1))], await OrphanAsync(Day));
        Assert.Empty(await OrphanAsync(Day));

        var counts = await CountAsync();
        Assert.Equal(new SideTally(3, 1, 1, 1, 0, 0), counts.YTrue);
        Assert.Equal(new SideTally(2, 1, 0, 1, 0, 0), counts.YPred);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_OtherHalfOfAnOrphan_IsALateJoin(bool truthFirst)
    {
        await CommitAsync(truthFirst ? True(1, 10) : Pred(1, 12));
        Time.Advance(Day);
        Assert.Single(await OrphanAsync(Day));
        await ReopenAsync();

        Assert.Equal([Verdict.Duplicate, Verdict.JoinLate, Verdict.Duplicate], await CommitAsync(
            truthFirst ? True(1, 10) : Pred(1, 12), truthFirst ? Pred(1, 12) : True(1, 10), Pred(1, 12)));

        var counts = await CountAsync();
        Assert.Equal((0, 1), (counts.Rows, counts.LateRows));
        Assert.Equal((1, 0), (counts.YTrue.Joined, counts.YTrue.Orphaned));
        Assert.Equal((1, 0), (counts.YPred.Joined, counts.YPred.Orphaned));
        Assert.Empty(await RowsAsync());
        Time.Advance(Day);
        Assert.Empty(await OrphanAsync(Day));
    }

    [Fact]
    public async Task Commit_SameHalfAsAnOrphan_IsADuplicateOrAConflict()
    {
        await CommitAsync(True(1, 10));
        Time.Advance(Day);
        await OrphanAsync(Day);

        Assert.Equal([Verdict.Duplicate, Verdict.Conflict], await CommitAsync(True(1, 10), True(1, 11)));

        Assert.Equal(new SideTally(3, 0, 0, 1, 1, 1), (await CountAsync()).YTrue);
    }

    [Fact]
    public async Task Orphan_OfAModelsPair_SaysWhich()
    {
        Models = ExpectedModels.Of(["champion", "challenger"]);
        await CommitAsync(True(1, 10), Pred(1, 12, "challenger"));
        Time.Advance(Day);

        var orphan = Assert.Single(await OrphanAsync(Day));

        Assert.Equal(("1.5", "champion", 10.0, null), (orphan.Id, orphan.Model, orphan.YTrue, orphan.YPred));
    }
}
