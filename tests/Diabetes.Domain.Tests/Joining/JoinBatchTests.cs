using Diabetes.Domain.Joining;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

public class JoinBatchTests
{
    private static readonly ExpectedModels Two = ExpectedModels.Of(["champion", "challenger"]);

    [Fact]
    public void Keys_OfSeveralHalves_AreEachThereOnce()
    {
        var batch = new JoinBatch([True("1", 1), Pred("1.0", 2), Pred("2", 3)], ExpectedModels.Anyone);

        Assert.Equal(["1", "2"], batch.Keys.Select(key => key.ToString()));
    }

    [Fact]
    public void Decide_NamesWithoutModelsExpected_DoNotMatter()
    {
        var outcome = Decide(ExpectedModels.Anyone, True("1", 1), Pred("1", 2, "champion"), Pred("1", 2, "challenger"));

        Assert.Equal([Verdict.Hold, Verdict.Join, Verdict.Duplicate], outcome.Verdicts);
    }

    [Fact]
    public void Decide_TruthOfTwoModels_WaitsUntilBothAnswered()
    {
        var outcome = Decide(Two, True("1", 1), Pred("1", 2, "champion"));

        Assert.Equal(new SideTally(2, 1, 1, 0, 0, 0), outcome.YTrue);
        Assert.Equal(new SideTally(1, 1, 0, 0, 0, 0), outcome.YPred);
        Assert.Equal([(0, PairStage.Joined), (1, PairStage.Pending)], outcome.Changes.Select(change => (change.Key, change.After.Stage)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("stranger")]
    public void Decide_PredictionOfAModelNobodyExpects_IsQuarantined(string? model)
    {
        var outcome = Decide(Two, Pred("1", 2, model));

        Assert.Equal([Verdict.UnexpectedModel], outcome.Verdicts);
        Assert.Equal(new SideTally(1, 0, 0, 0, 0, 1), outcome.YPred);
        Assert.Empty(outcome.Changes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decide_TruthThatIsNewToOneModelAndAConflictToAnother_IsAConflict(int joined)
    {
        var batch = new JoinBatch([True("1", 9)], Two);
        var known = new Correlation[2];
        known[joined] = default(Correlation).Apply(True("1", 1)).Apply(Pred("1", 2));

        var outcome = batch.Decide(known);

        Assert.Equal([Verdict.Conflict], outcome.Verdicts);
        Assert.Equal(new SideTally(2, 0, 1, 0, 0, 1), outcome.YTrue);
    }

    [Fact]
    public void Decide_OtherHalfOfAnOrphan_JoinsLate()
    {
        var orphan = Correlation.Restore(PairStage.Orphaned, JoinBatchProperties.Id("1"), null, 2)!.Value;

        var outcome = new JoinBatch([True("1.0", 1)], ExpectedModels.Anyone).Decide([orphan]);

        Assert.Equal([Verdict.JoinLate], outcome.Verdicts);
        Assert.Equal(new SideTally(0, 1, 0, -1, 0, 0), outcome.YPred);
        var pair = Assert.Single(outcome.Changes).After.Pair;
        Assert.Equal(("1.0", 1.0, 2.0), (pair.Id.ToString(), pair.YTrue, pair.YPred));
    }

    [Fact]
    public void Decide_UnreadableMessages_AreCountedWithTheHalvesOfTheirQueue()
    {
        var outcome = new JoinBatch([Pred("1", 2)], ExpectedModels.Anyone, unreadableYTrue: 2, unreadableYPred: 3)
            .Decide(new Correlation[1]);

        Assert.Equal([Verdict.Hold], outcome.Verdicts);
        Assert.Equal(new SideTally(2, 0, 0, 0, 0, 2), outcome.YTrue);
        Assert.Equal(new SideTally(4, 0, 1, 0, 0, 3), outcome.YPred);
    }

    [Fact]
    public void Decide_StatesOfAnotherBatch_Throws() =>
        Assert.Throws<ArgumentException>(() => new JoinBatch([True("1", 1)], ExpectedModels.Anyone).Decide([]));

    private static JoinOutcome Decide(ExpectedModels models, params PairHalf[] halves)
    {
        var batch = new JoinBatch(halves, models);
        return batch.Decide(new Correlation[batch.Keys.Count]);
    }

    private static PairHalf True(string token, double value) => new(JoinBatchProperties.Id(token), PairSide.YTrue, value);

    private static PairHalf Pred(string token, double value, string? model = null) =>
        new(JoinBatchProperties.Id(token), PairSide.YPred, value, model);
}
