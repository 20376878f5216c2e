using Diabetes.Domain.Joining;
using Diabetes.Ledger;
using Diabetes.Ledger.Joins;
using Diabetes.Nodes.Tests.Support.Recording;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Keeps what a store has over all lives. Commits are atomic. It checks each decision: a value that was kept never changes, a pair has one
/// row, and the counts add up.
/// </summary>
internal sealed class StoreContents(World world)
{
    private readonly Dictionary<string, StoredPair> _pairs = [];
    private SideTally _yTrue;
    private SideTally _yPred;

    public IReadOnlyDictionary<string, StoredPair> Pairs => _pairs;

    public List<(string Key, LedgerRow Row)> Rows { get; } = [];

    public List<(string Key, LedgerRow Row)> LateRows { get; } = [];

    public List<(string Key, Orphan Orphan)> Orphans { get; } = [];

    /// <summary>Counts pending halves and orphans again each time, to check the decisions.</summary>
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

            return new(
                _yTrue with { Pending = waiting.PendingTrue, Orphaned = waiting.OrphanedTrue },
                _yPred with { Pending = waiting.PendingPred, Orphaned = waiting.OrphanedPred },
                Rows.Count,
                LateRows.Count);
        }
    }

    public StoredPair Find(string key) => _pairs.GetValueOrDefault(key);

    /// <summary>Decides the batch without committing it.</summary>
    public JoinOutcome Decide(JoinBatch batch) => batch.Decide([.. batch.Keys.Select(key => Find($"{key}").Known)]);

    public JoinOutcome Commit(JoinBatch batch, DateTimeOffset now)
    {
        var outcome = Decide(batch);
        Hold(world.Twin?.Commit(batch, now, outcome));
        foreach (var (place, after) in outcome.Changes)
        {
            Put(batch.Keys[place], after, now);
        }

        Count(outcome.YTrue, outcome.YPred);
        return outcome;
    }

    public IReadOnlyList<Orphan> Orphan(DateTimeOffset now, TimeSpan after, int limit)
    {
        var old = _pairs.Where(pair => pair.Value.HasWaited(now, after))
            .OrderBy(pair => pair.Value.Since).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(limit).ToArray();
        Orphan[] given = [.. old.Select(pair => pair.Value.Orphan)];
        Hold(world.Twin?.Orphan(now, after, limit, given));
        foreach (var (key, pair) in old)
        {
            _pairs[key] = pair.GivenUp();
            Orphans.Add((key, pair.Orphan));
            world.Trace?.Add($"store gives up {key}");
        }

        var yTrue = given.Count(orphan => orphan.YTrue.HasValue);
        Count(SideTally.OfOrphans(yTrue), SideTally.OfOrphans(given.Length - yTrue));
        return given;
    }

    private void Hold(string? fault)
    {
        if (fault is not null)
        {
            world.Fail(fault);
        }
    }

    private void Put(PairKey pair, Correlation known, DateTimeOffset now)
    {
        var key = pair.ToString();
        var before = Find(key);
        var after = before.With(known, pair.Model, now);
        world.Trace?.Add($"store keeps {key}: {before.Stage} -> {after.Stage}, y_true {after.YTrue}, y_pred {after.YPred}");
        var expected = (before.Stage, after.YTrue.HasValue && after.YPred.HasValue) switch
        {
            (PairStage.None, false) => PairStage.Pending,
            (PairStage.None or PairStage.Pending, true) => PairStage.Joined,
            (PairStage.Orphaned, true) => PairStage.JoinedLate,
            _ => PairStage.None,
        };
        if (after.Stage != expected || !Stands(before.YTrue, after.YTrue) || !Stands(before.YPred, after.YPred))
        {
            world.Fail($"The pair {key} went from {before} to {after}.");
        }

        _pairs[key] = after;
        if (after.IsJoined)
        {
            var (yTrue, yPred) = (after.YTrue ?? double.NaN, after.YPred ?? double.NaN);
            var row = new LedgerRow($"{known.Id}", yTrue, yPred, Math.Abs(yTrue - yPred));
            (after.Stage == PairStage.Joined ? Rows : LateRows).AddRange(
                Enumerable.Repeat((key, row), world.Mutates(Mutant.RowTwice, 20) ? 2 : 1));
        }
    }

    private static bool Stands(double? before, double? after) => before is null || before == after;

    private void Count(SideTally yTrue, SideTally yPred)
    {
        (_yTrue, _yPred) = (_yTrue + yTrue, _yPred + yPred);
        var counts = Counts;
        Hold(counts.Mismatch);
        if ((_yTrue, _yPred) != (counts.YTrue, counts.YPred))
        {
            world.Fail($"The tallies are {_yTrue} and {_yPred}, and the pairs {counts.YTrue} and {counts.YPred}.");
        }
    }
}
