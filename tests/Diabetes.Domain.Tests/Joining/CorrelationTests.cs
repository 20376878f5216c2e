using System.Runtime.CompilerServices;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

public class CorrelationTests
{
    /// <summary>Uses few ids and few values, so that duplicates, conflicts and late halves are frequent.</summary>
    private static readonly Arbitrary<PairHalf[]> Traffic = (
        from id in Gen.Choose(1, 8)
        from side in Gen.Elements(PairSide.YTrue, PairSide.YPred)
        from value in Gen.Choose(1, 3)
        select Of(id, side, value)).ArrayOf().Resize(100).ToArbitrary();

    [Fact]
    public void Apply_OfAnyInterleaving_JoinsEachCompleteIdOnceWithItsFirstValues() => Prop.ForAll(Traffic, halves =>
    {
        var joined = Run(halves).Joined;

        var expected = halves.GroupBy(half => half.Id)
            .Select(group => (group.Key, True: First(group, PairSide.YTrue), Pred: First(group, PairSide.YPred)))
            .Where(id => id.True.HasValue && id.Pred.HasValue)
            .Select(id => new JoinedPair(id.Key, id.True!.Value, id.Pred!.Value));
        Assert.Equal(expected.OrderBy(Text), joined.OrderBy(Text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_OfTheSameHalvesInAnotherOrder_JoinsTheSamePairs()
    {
        var oneValueASide = Traffic.Generator.Select(
            halves => halves.Select(half => half with { Value = half.Side == PairSide.YTrue ? 1 : 2 }).ToArray());
        var shuffled = from halves in oneValueASide from order in Gen.Shuffle(halves) select (halves, order.ToArray());

        Prop.ForAll(shuffled.ToArbitrary(), pair => Assert.Equal(
            Run(pair.halves).Joined.OrderBy(Text),
            Run(pair.Item2).Joined.OrderBy(Text))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Tally_AtEveryStep_AccountsForEveryHalf() => Prop.ForAll(Traffic, halves =>
    {
        for (var count = 0; count <= halves.Length; count++)
        {
            var (states, joined, yTrue, yPred) = Run(halves[..count]);

            Assert.Equal(count, yTrue.Received + yPred.Received);
            Assert.True(yTrue.IsBalanced && yPred.IsBalanced);
            Assert.Equal((joined.Count, joined.Count), (yTrue.Joined, yPred.Joined));
            Assert.Equal(states.Values.Count(state => state.Stage == PairStage.Pending), yTrue.Pending + yPred.Pending);
            Assert.Equal(states.Values.Count(state => state.Stage == PairStage.Joined), yTrue.Joined);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decide_OfTwoHalvesOfOneSide_NeverJoins() => Prop.ForAll(Traffic, halves =>
    {
        foreach (var side in new[] { PairSide.YTrue, PairSide.YPred })
        {
            var (_, joined, yTrue, yPred) = Run([.. halves.Where(half => half.Side == side)]);
            Assert.Empty(joined);
            Assert.Equal((0, 0), (yTrue.Joined, yPred.Joined));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(PairSide.YTrue)]
    [InlineData(PairSide.YPred)]
    public void Apply_OfTheFirstHalf_Holds(PairSide side)
    {
        var half = Of(1, side, 295);
        var holding = default(Correlation).Apply(half);

        Assert.Equal(Verdict.Hold, default(Correlation).Decide(half));
        Assert.Equal(PairStage.Pending, holding.Stage);
        Assert.Equal(side == PairSide.YTrue ? (295, null) : (null, 295), (holding.YTrue, holding.YPred));
        Assert.Throws<InvalidOperationException>(() => holding.Pair);
    }

    [Theory]
    [InlineData(PairSide.YTrue)]
    [InlineData(PairSide.YPred)]
    public void Decide_OfTheSameHalfAgain_GoesByItsValue(PairSide side)
    {
        var holding = default(Correlation).Apply(Of(1, side, 295));

        Assert.Equal(Verdict.Duplicate, holding.Decide(Of(1, side, 295)));
        Assert.Equal(Verdict.Conflict, holding.Decide(Of(1, side, 296)));
        Assert.Equal(holding, holding.Apply(Of(1, side, 296)));
    }

    [Fact]
    public void Decide_AfterTheJoin_StillKnowsBothHalves()
    {
        var joined = default(Correlation).Apply(Of(1, PairSide.YPred, 300)).Apply(Of(1, PairSide.YTrue, 295));

        Assert.Equal(Verdict.Duplicate, joined.Decide(Of(1, PairSide.YTrue, 295)));
        Assert.Equal(Verdict.Conflict, joined.Decide(Of(1, PairSide.YPred, 295)));
        Assert.Equal(5, joined.Pair.AbsoluteError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pair_OfAnIdInTwoSpellings_IsSpelledAsTheTruthSpellsIt(bool truthFirst)
    {
        Assert.True(ObservationId.TryParse("17.0"u8, false, out var truth));
        Assert.True(ObservationId.TryParse("17"u8, false, out var prediction));
        PairHalf[] halves = [new(truth, PairSide.YTrue, 1), new(prediction, PairSide.YPred, 2)];

        var (first, second) = truthFirst ? (halves[0], halves[1]) : (halves[1], halves[0]);
        var correlation = default(Correlation).Apply(first).Apply(second);

        Assert.Equal("17.0", correlation.Pair.Id.ToString());
    }

    [Fact]
    public void Restore_OfWhatAStoreKept_IsTheCorrelationAgain() => Prop.ForAll(Traffic, halves =>
    {
        foreach (var state in Run(halves).States.Values)
        {
            Assert.Equal(state, Correlation.Restore(state.Stage, state.Id, state.YTrue, state.YPred));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(PairStage.None, null, null)]
    [InlineData(PairStage.None, 10.0, 12.0)]
    [InlineData(PairStage.Pending, null, null)]
    [InlineData(PairStage.Pending, 10.0, 12.0)]
    [InlineData(PairStage.Orphaned, null, null)]
    [InlineData(PairStage.Orphaned, 10.0, 12.0)]
    [InlineData(PairStage.Joined, 10.0, null)]
    [InlineData(PairStage.Joined, null, 12.0)]
    [InlineData(PairStage.JoinedLate, 10.0, null)]
    [InlineData((PairStage)5, 10.0, 12.0)]
    public void Restore_OfValuesThatDoNotFitTheStage_IsNull(PairStage stage, double? yTrue, double? yPred) =>
        Assert.Null(Correlation.Restore(stage, ObservationId.FromUnixMicroseconds(1), yTrue, yPred));

    [Fact]
    public void ToString_OfAnyStage_SaysWhatIsKnown()
    {
        var holding = default(Correlation).Apply(Of(1, PairSide.YPred, 300));

        Assert.Equal("1e-06 Pending, y_true missing, y_pred 300", holding.ToString());
        Assert.Equal("1e-06 Joined, y_true 295, y_pred 300", holding.Apply(Of(1, PairSide.YTrue, 295)).ToString());
    }

    [Fact]
    public void Correlation_AsAValue_Has48Bytes() => Assert.Equal(48, Unsafe.SizeOf<Correlation>());

    [Fact]
    public void Decide_OfAHalfOfAnotherId_Throws() =>
        Assert.Throws<ArgumentException>(() => default(Correlation).Apply(Of(1, PairSide.YTrue, 1)).Decide(Of(2, PairSide.YPred, 1)));

    [Fact]
    public void AbsoluteError_OfAnyPair_IsPythonsAbs()
    {
        var random = new Random(3);
        var pairs = Enumerable.Range(0, 2000)
            .Select(_ => new JoinedPair(default, random.Next(25, 347), random.NextDouble() * 350)).ToArray();

        var python = Python.Map(pairs.Select(pair => $"[{PythonFloat.Format(pair.YTrue)}, {PythonFloat.Format(pair.YPred)}]"),
            "(lambda p: repr(abs(p[0] - p[1])))(json.loads(line))");

        Assert.Equal(pairs.Select(pair => PythonFloat.Format(pair.AbsoluteError)), python);
    }

    private static (Dictionary<JoinKey, Correlation> States, List<JoinedPair> Joined, SideTally YTrue, SideTally YPred) Run(
        PairHalf[] halves)
    {
        var states = new Dictionary<JoinKey, Correlation>();
        var joined = new List<JoinedPair>();
        SideTally yTrue = default, yPred = default;
        foreach (var half in halves)
        {
            var before = states.GetValueOrDefault(half.Id.Key);
            var verdict = before.Decide(half);
            var after = before.Apply(half);
            states[half.Id.Key] = after;
            yTrue = half.Side == PairSide.YTrue ? yTrue.Count(verdict) : yTrue.CountOther(verdict);
            yPred = half.Side == PairSide.YPred ? yPred.Count(verdict) : yPred.CountOther(verdict);
            if (verdict == Verdict.Join)
            {
                joined.Add(after.Pair);
            }
        }

        return (states, joined, yTrue, yPred);
    }

    private static double? First(IEnumerable<PairHalf> halves, PairSide side) =>
        halves.Where(half => half.Side == side).Select(half => (double?)half.Value).FirstOrDefault();

    private static string Text(JoinedPair pair) => pair.ToString();

    private static PairHalf Of(int id, PairSide side, double value) => new(ObservationId.FromUnixMicroseconds(id), side, value);
}
