using Diabetes.Ledger;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// What a store keeps over all lives. Commits are atomic. It holds every decision to the promise: a value that is there stands, a pair has one row, and the
/// counts add up at any time.
/// </summary>
internal sealed class StoreContents(World world)
{
    private readonly Dictionary<string, PairState> _pairs = [];
    private HalfTally _yTrue;
    private HalfTally _yPred;

    public IReadOnlyDictionary<string, PairState> Pairs => _pairs;

    public List<(string Key, LedgerRow Row)> Rows { get; } = [];

    public List<(string Key, LedgerRow Row)> LateRows { get; } = [];

    public List<(string Key, Orphan Orphan)> Orphans { get; } = [];

    /// <summary>What waits and what was given up, counted anew each time: a check of what was decided.</summary>
    public StoreCounts Counts
    {
        get
        {
            var waiting = (PendingTrue: 0, OrphanedTrue: 0, PendingPred: 0, OrphanedPred: 0);
            foreach (var pair in _pairs.Values)
            {
                switch (pair.Stage)
                {
                    case PairStage.Pending when pair.YTrue.HasValue:
                        waiting.PendingTrue++;
                        break;
                    case PairStage.Pending:
                        waiting.PendingPred++;
                        break;
                    case PairStage.Orphaned when pair.YTrue.HasValue:
                        waiting.OrphanedTrue++;
                        break;
                    case PairStage.Orphaned:
                        waiting.OrphanedPred++;
                        break;
                }
            }

            return new(Side(_yTrue, waiting.PendingTrue, waiting.OrphanedTrue), Side(_yPred, waiting.PendingPred, waiting.OrphanedPred), Rows.Count, LateRows.Count);
        }
    }

    public PairState Find(string key) => _pairs.GetValueOrDefault(key);

    /// <returns>Rows that it made.</returns>
    public int Commit(IReadOnlyList<string> keys, DecideJoins decide)
    {
        PairState[] known = [.. keys.Select(Find)];
        var decision = decide(known);
        Hold(world.Twin?.Commit(keys, known, decision));
        var rows = decision.Puts.Count(put => Put(keys[put.Key], put.State));
        (_yTrue, _yPred) = (_yTrue + decision.YTrue, _yPred + decision.YPred);
        HoldToCounts();
        return rows;
    }

    public IReadOnlyList<Orphan> Orphan(DateTimeOffset now, TimeSpan after, int limit)
    {
        var old = _pairs.Where(pair => pair.Value.Stage == PairStage.Pending && now - pair.Value.Since >= after).OrderBy(pair => pair.Value.Since).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(limit).ToArray();
        Orphan[] given = [.. old.Select(pair => new Orphan(pair.Value.Id!, pair.Value.Model, pair.Value.YTrue, pair.Value.YPred, pair.Value.Since))];
        Hold(world.Twin?.Orphan(now, after, limit, given));
        foreach (var ((key, state), orphan) in old.Zip(given))
        {
            _pairs[key] = state with { Stage = PairStage.Orphaned };
            Orphans.Add((key, orphan));
            world.Trace?.Add($"store gives up {key}");
        }

        HoldToCounts();
        return given;
    }

    private void Hold(string? fault)
    {
        if (fault is not null)
        {
            world.Fail(fault);
        }
    }

    private bool Put(string key, PairState after)
    {
        var before = Find(key);
        world.Trace?.Add($"store keeps {key}: {before.Stage} -> {after.Stage}, y_true {after.YTrue}, y_pred {after.YPred}");
        var expected = (before.Stage, after.YTrue.HasValue && after.YPred.HasValue) switch
        {
            (PairStage.Unknown, false) => PairStage.Pending,
            (PairStage.Unknown or PairStage.Pending, true) => PairStage.Joined,
            (PairStage.Orphaned, true) => PairStage.JoinedLate,
            _ => PairStage.Unknown,
        };
        if (after.Stage != expected || !Stands(before.YTrue, after.YTrue) || !Stands(before.YPred, after.YPred))
        {
            world.Fail($"The pair {key} went from {before} to {after}.");
        }

        _pairs[key] = after;
        if (after.IsJoined)
        {
            var row = new LedgerRow(after.Id!, after.YTrue ?? double.NaN, after.YPred ?? double.NaN, Math.Abs((after.YTrue - after.YPred) ?? double.NaN));
            (after.Stage == PairStage.Joined ? Rows : LateRows).Add((key, row));
        }

        return after.IsJoined;
    }

    private static bool Stands(double? before, double? after) => before is null || before == after;

    private void HoldToCounts() => Hold(Counts.Mismatch);

    private static SideCounts Side(in HalfTally tally, long pending, long orphaned) =>
        new(tally.Received, tally.Joined, pending, orphaned, tally.Duplicates, tally.Quarantined);
}
