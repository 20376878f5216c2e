using Diabetes.Domain.Joining;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

/// <summary>Stores pairs in memory and counts them independently, to check the counts of the batches.</summary>
internal sealed class MemoryStore(ExpectedModels models)
{
    private readonly Dictionary<PairKey, Correlation> _states = [];
    private readonly Dictionary<(PairKey, PairSide), double> _firsts = [];
    private long _parts;

    public List<(PairKey Key, JoinedPair Pair)> Rows { get; } = [];

    public SideTally YTrue { get; private set; }

    public SideTally YPred { get; private set; }

    public IReadOnlyList<Verdict> Commit(PairHalf[] halves)
    {
        var batch = new JoinBatch(halves, models);
        var outcome = batch.Decide([.. batch.Keys.Select(key => _states.GetValueOrDefault(key))]);
        foreach (var (place, after) in outcome.Changes)
        {
            if (after.IsJoined)
            {
                Rows.Add((batch.Keys[place], after.Pair));
            }

            _states[batch.Keys[place]] = after;
        }

        (YTrue, YPred) = (YTrue + outcome.YTrue, YPred + outcome.YPred);
        foreach (var half in halves)
        {
            Remember(half);
        }

        return outcome.Verdicts;
    }

    public void OrphanOne(Random random)
    {
        var waiting = _states.Where(state => state.Value.Stage == PairStage.Pending).Select(state => state.Key).ToArray();
        if (waiting.Length == 0)
        {
            return;
        }

        var key = waiting[random.Next(waiting.Length)];
        var state = _states[key];
        if (state.YTrue.HasValue)
        {
            YTrue += SideTally.OfOrphans(1);
        }
        else
        {
            YPred += SideTally.OfOrphans(1);
        }

        _states[key] = Correlation.Restore(PairStage.Orphaned, state.Id, state.YTrue, state.YPred)!.Value;
    }

    public void CheckConservation()
    {
        Assert.True(YTrue.IsBalanced, $"y_true: {YTrue}");
        Assert.True(YPred.IsBalanced, $"y_pred: {YPred}");
        Assert.Equal(_parts, YTrue.Received + YPred.Received);
        Assert.Equal(Rows.Count, YTrue.Joined);
        Assert.Equal(Rows.Count, YPred.Joined);
        Assert.Equal(Count(PairStage.Pending, PairSide.YTrue), YTrue.Pending);
        Assert.Equal(Count(PairStage.Pending, PairSide.YPred), YPred.Pending);
        Assert.Equal(Count(PairStage.Orphaned, PairSide.YTrue), YTrue.Orphaned);
        Assert.Equal(Count(PairStage.Orphaned, PairSide.YPred), YPred.Orphaned);
    }

    public void CheckLedger()
    {
        var expected = _firsts.Keys.Select(part => part.Item1).Distinct()
            .Where(key => _firsts.ContainsKey((key, PairSide.YTrue)) && _firsts.ContainsKey((key, PairSide.YPred)))
            .Select(key => (key.ToString(), _firsts[(key, PairSide.YTrue)], _firsts[(key, PairSide.YPred)]));
        Assert.Equal(expected.Order(), Rows.Select(row => (row.Key.ToString(), row.Pair.YTrue, row.Pair.YPred)).Order());
    }

    private int Count(PairStage stage, PairSide side) =>
        _states.Values.Count(state => state.Stage == stage && (side == PairSide.YTrue ? state.YTrue : state.YPred).HasValue);

    private void Remember(PairHalf half)
    {
        var pairs = models.PairsOf(half);
        _parts += Math.Max(1, pairs.Length);
        foreach (var model in pairs)
        {
            _firsts.TryAdd((new(half.Id.Key, model), half.Side), half.Value);
        }
    }
}
