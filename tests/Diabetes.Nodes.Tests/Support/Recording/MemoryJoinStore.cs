using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>A store in memory that refuses when told. Counts nothing: the real ones are held to that by their compliance suite.</summary>
internal sealed class MemoryJoinStore : IJoinStore
{
    private readonly Dictionary<string, StoredPair> _pairs = [];

    public IReadOnlyDictionary<string, StoredPair> Pairs => _pairs;

    public bool Refuses { get; set; }

    public bool Broken { get; init; }

    /// <summary>Called when a commit begins.</summary>
    public Action? Committing { get; set; }

    /// <summary>Called when orphans are found, before they are given up.</summary>
    public Action? Sweeping { get; set; }

    public int Tries { get; private set; }

    public List<int> Batches { get; } = [];

    public SideTally YTrue { get; private set; }

    public SideTally YPred { get; private set; }

    public ValueTask<JoinOutcome> CommitAsync(JoinBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Tries++;
        Committing?.Invoke();
        ThrowIfBroken();
        if (Refuses)
        {
            throw new StoreUnavailableException("The disk is full.");
        }

        var outcome = batch.Decide([.. batch.Keys.Select(key => _pairs.GetValueOrDefault($"{key}").Known)]);
        foreach (var (place, after) in outcome.Changes)
        {
            var key = batch.Keys[place];
            _pairs[$"{key}"] = _pairs.GetValueOrDefault($"{key}").With(after, key.Model, now);
        }

        (YTrue, YPred) = (YTrue + outcome.YTrue, YPred + outcome.YPred);
        Batches.Add(batch.Keys.Count);
        return ValueTask.FromResult(outcome);
    }

    public ValueTask<IReadOnlyList<Orphan>> OrphanAsync(DateTimeOffset now, TimeSpan after, int limit, CancellationToken cancellationToken)
    {
        var old = _pairs.Where(pair => pair.Value.HasWaited(now, after)).OrderBy(pair => pair.Value.Since).Take(limit).ToArray();
        if (old.Length > 0)
        {
            Sweeping?.Invoke();
        }

        foreach (var (key, pair) in old)
        {
            _pairs[key] = pair.GivenUp();
        }

        return ValueTask.FromResult<IReadOnlyList<Orphan>>([.. old.Select(pair => pair.Value.Orphan)]);
    }

    public ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Refuses
            ? ValueTask.FromException<StoreCounts>(new StoreUnavailableException("The disk is full."))
            : ValueTask.FromResult(default(StoreCounts) with
            {
                YTrue = new SideTally { Pending = _pairs.Values.Count(pair => pair.Stage == PairStage.Pending) },
                Rows = _pairs.Values.Count(pair => pair.Stage == PairStage.Joined),
            });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfBroken()
    {
        if (Broken)
        {
            throw new StoreUnusableException("The file is damaged.");
        }
    }
}
