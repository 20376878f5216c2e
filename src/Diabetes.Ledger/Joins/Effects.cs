namespace Diabetes.Ledger;

/// <summary>What a decision means to any store: which rows it makes, and by how much the counts grow.</summary>
internal sealed class Effects
{
    private Effects()
    {
    }

    /// <summary>Rows of the ledger, in order.</summary>
    public List<LedgerRow> Rows { get; } = [];

    /// <summary>Rows of late joins, in order.</summary>
    public List<LedgerRow> LateRows { get; } = [];

    /// <summary>By how much the counts of the ground truth grow.</summary>
    public SideCounts YTrue { get; private set; }

    /// <summary>By how much the counts of the predictions grow.</summary>
    public SideCounts YPred { get; private set; }

    /// <exception cref="InvalidOperationException">
    /// The decision contradicts what is known. Whatever the rules of joining are, a pair gets one row and never loses it: that much a store holds by itself.
    /// </exception>
    public static Effects Of(IReadOnlyList<string> keys, ReadOnlySpan<PairState> known, JoinDecision decision)
    {
        var effects = new Effects { YTrue = Decided(decision.YTrue), YPred = Decided(decision.YPred) };
        var seen = new bool[keys.Count];
        foreach (var put in decision.Puts)
        {
            if (seen[put.Key] || !put.State.IsSound || !Follows(known[put.Key].Stage, put.State.Stage))
            {
                throw new InvalidOperationException($"The pair {keys[put.Key]} cannot go from {known[put.Key]} to {put.State}.");
            }

            seen[put.Key] = true;
            effects.Leave(known[put.Key]);
            effects.Enter(put.State);
        }

        return effects;
    }

    private static bool Follows(PairStage before, PairStage after) =>
        after == PairStage.Pending ? before == PairStage.Unknown : after != PairStage.Orphaned && before < PairStage.Joined;

    private static SideCounts Decided(HalfTally tally) => new(tally.Received, tally.Joined, 0, 0, tally.Duplicates, tally.Quarantined);

    private void Leave(in PairState before)
    {
        var left = new SideCounts { Pending = before.Stage == PairStage.Pending ? -1 : 0, Orphaned = before.Stage == PairStage.Orphaned ? -1 : 0 };
        Count(before, left);
    }

    private void Enter(in PairState after)
    {
        if (after.Stage == PairStage.Pending)
        {
            Count(after, new SideCounts { Pending = 1 });
        }
        else
        {
            (after.Stage == PairStage.Joined ? Rows : LateRows).Add(after.Row);
        }
    }

    private void Count(in PairState waiting, in SideCounts change)
    {
        if (waiting.YTrue.HasValue)
        {
            YTrue += change;
        }
        else
        {
            YPred += change;
        }
    }
}
