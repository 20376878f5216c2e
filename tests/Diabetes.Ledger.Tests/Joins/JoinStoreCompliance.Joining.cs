using Diabetes.Domain.Joining;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Joins;

/// <summary>What becomes of halves.</summary>
public abstract partial class JoinStoreCompliance
{
    [Fact]
    public async Task Commit_HalvesThatAreAlone_WaitBySide()
    {
        Assert.Equal([Verdict.Hold, Verdict.Hold, Verdict.Hold], await CommitAsync(True(1, 10), Pred(2, 20), Pred(3, 30)));

        var counts = await CountAsync();
        Assert.Equal(new SideTally(1, 0, 1, 0, 0, 0), counts.YTrue);
        Assert.Equal(new SideTally(2, 0, 2, 0, 0, 0), counts.YPred);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Commit_BothHalvesTogether_AreRowsInTheOrderTheyCompleted()
    {
        Assert.Equal(
            [Verdict.Hold, Verdict.Hold, Verdict.Join, Verdict.Join],
            await CommitAsync(True(2, 10), Pred(1, 20), True(1, 15), Pred(2, 12)));

        Assert.Equal([Row("1.5", 15, 20), Row("2.5", 10, 12)], await RowsAsync());
        Assert.Equal(new SideTally(2, 2, 0, 0, 0, 0), (await CountAsync()).YTrue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_OtherHalfLaterAndInAnotherRun_IsARow(bool truthFirst)
    {
        await CommitAsync(truthFirst ? True(1, 10) : Pred(1, 12));
        await ReopenAsync();

        Assert.Equal([Verdict.Join], await CommitAsync(truthFirst ? Pred(1, 12) : True(1, 10)));

        Assert.Equal([Row("1.5", 10, 12)], await RowsAsync());
        Assert.Equal(new SideTally(1, 1, 0, 0, 0, 0), (await CountAsync()).YPred);
    }

    [Fact]
    public async Task Commit_SameHalfAgain_IsADuplicateWhateverTheStage()
    {
        Assert.Equal([Verdict.Hold, Verdict.Duplicate], await CommitAsync(True(1, 10), True(1, 10)));
        Assert.Equal([Verdict.Duplicate], await CommitAsync(True(1, 10)));
        Assert.Equal([Verdict.Join, Verdict.Duplicate], await CommitAsync(Pred(1, 12), True(1, 10)));
        await ReopenAsync();
        Assert.Equal([Verdict.Duplicate, Verdict.Duplicate], await CommitAsync(Pred(1, 12), True(1, 10)));

        Assert.Single(await RowsAsync());
        Assert.Equal(new SideTally(5, 1, 0, 0, 4, 0), (await CountAsync()).YTrue);
    }

    [Fact]
    public async Task Commit_OtherValue_IsAConflictAndTheFirstStands()
    {
        Assert.Equal([Verdict.Hold, Verdict.Conflict], await CommitAsync(True(1, 10), True(1, 11)));
        Assert.Equal([Verdict.Conflict, Verdict.Join, Verdict.Conflict], await CommitAsync(True(1, 11), Pred(1, 12), Pred(1, 13)));

        Assert.Equal([Row("1.5", 10, 12)], await RowsAsync());
        Assert.Equal(new SideTally(3, 1, 0, 0, 0, 2), (await CountAsync()).YTrue);
    }

    [Fact]
    public async Task Commit_HalvesOfOneSide_NeverPair()
    {
        await CommitAsync(Pred(1, 10), Pred(1, 10));
        await CommitAsync(Pred(1, 10));

        Assert.Empty(await RowsAsync());
        Assert.Equal(1, (await CountAsync()).YPred.Pending);
    }

    [Fact]
    public async Task Commit_NoHalves_CountsWhatWasUnreadable()
    {
        await new JoinCommit(_store, Models, Time).CommitAsync([], 2, 3, None);

        var counts = await CountAsync();
        Assert.Equal(new SideTally(2, 0, 0, 0, 0, 2), counts.YTrue);
        Assert.Equal(new SideTally(3, 0, 0, 0, 0, 3), counts.YPred);
    }

    [Fact]
    public async Task Commit_ModelsExpected_GiveAnIdAPairEach()
    {
        Models = ExpectedModels.Of(["champion", "challenger"]);

        Assert.Equal([Verdict.Hold, Verdict.Join], await CommitAsync(True(1, 10), Pred(1, 12, "champion")));
        Assert.Equal([Verdict.UnexpectedModel, Verdict.UnexpectedModel], await CommitAsync(Pred(1, 9, "stranger"), Pred(1, 9)));
        var before = await CountAsync();
        await ReopenAsync();
        Assert.Equal([Verdict.Duplicate, Verdict.Join, Verdict.Conflict],
            await CommitAsync(Pred(1, 12, "champion"), Pred(1, 15, "challenger"), True(1, 11)));

        Assert.Equal(new SideTally(2, 1, 1, 0, 0, 0), before.YTrue);
        Assert.Equal([Row("1.5", 10, 12), Row("1.5", 10, 15)], await RowsAsync());
    }

    [Fact]
    public async Task Commit_IdsOfEveryKind_AreThemselvesAndNothingElse()
    {
        string[] tokens =
        [
            "17", "\"17\"", "17.5", "\"17.5\"", "-3", "1e300", "123456789012345678901234567890", "\"a\"", "\"A\"", "\" a\"", "\"a,b\"",
            "\"a\\\"b\"", "\"a@b\"",
            "\"\\\"@b\"", "\"=1+1\"", "\"'=1+1\"", "\"é\"", "\"e\\u0301\"", "\"\\ud83d\\ude00\"", "\"two\\nlines\"", "\"nul\\u0000nul\"",
            "\"back\\\\slash\"", "\"\\\\0\"", "\"NULL\"",
        ];
        foreach (var (place, token) in tokens.Index())
        {
            Assert.Equal([Verdict.Hold], await CommitAsync(True(token, place)));
        }

        await ReopenAsync();
        Assert.All(await CommitAsync([.. tokens.Select((token, place) => Pred(token, place + 0.5))]), verdict =>
            Assert.Equal(Verdict.Join, verdict));

        Assert.Equal(tokens.Select((token, place) => Row(Id(token).ToString(), place, place + 0.5)), await RowsAsync());
    }

    [Fact]
    public async Task Commit_TwoSpellingsOfAnId_AreSpelledAsTheTruthSpellsThem()
    {
        await CommitAsync(True("17.0", 1), Pred("18", 2));
        await ReopenAsync();
        await CommitAsync(Pred("17", 2), True("18.00", 1));

        Assert.Equal([Row("17.0", 1, 2), Row("18.0", 1, 2)], await RowsAsync());
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(-0.0)]
    [InlineData(0.1)]
    [InlineData(-1e-05)]
    [InlineData(9007199254740993.0)]
    public async Task Commit_AnyValue_IsKeptToTheLastBit(double value)
    {
        await CommitAsync(True(1, value), Pred(2, value));
        await ReopenAsync();
        await CommitAsync(Pred(1, 0.5), True(2, 0.5));

        var rows = await RowsAsync();
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(rows[0].YTrue));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(rows[1].YPred));
    }

    [Fact]
    public async Task Commit_ErrorBeyondTheRangeOfADouble_IsInfinite()
    {
        await CommitAsync(True(1, double.MaxValue), Pred(1, -double.MaxValue));

        Assert.Equal(double.PositiveInfinity, Assert.Single(await RowsAsync()).AbsoluteError);
    }

    [Fact]
    public async Task Commit_ThousandsOfHalves_AllFindTheirOthers()
    {
        const int count = 5_000;
        await CommitAsync([.. Enumerable.Range(0, count).Select(id => id % 2 == 0 ? True(id, id) : Pred(id, id))]);
        await CommitAsync([.. Enumerable.Range(0, count).Reverse().Select(id => id % 2 == 0 ? Pred(id, 1) : True(id, 1))]);

        var rows = await RowsAsync();
        Assert.Equal(Enumerable.Range(0, count).Reverse().Select(id => $"{id}.5"), rows.Select(row => row.Id));
        Assert.Equal(0, (await CountAsync()).YTrue.Pending);
    }
}
