using Diabetes.Ledger;

namespace Diabetes.Nodes.Tests.Recording;

/// <summary>A store in memory that refuses when told. Counts nothing: the real ones are held to that by their compliance suite.</summary>
internal sealed class MemoryJoinStore : IJoinStore
{
    private readonly Dictionary<string, PairState> _pairs = [];

    public IReadOnlyDictionary<string, PairState> Pairs => _pairs;

    public bool Refuses { get; set; }

    public bool Broken { get; init; }

    /// <summary>Called when a commit begins.</summary>
    public Action? Committing { get; set; }

    /// <summary>Called when orphans are found, before they are given up.</summary>
    public Action? Sweeping { get; set; }

    public int Tries { get; private set; }

    public List<int> Batches { get; } = [];

    public HalfTally YTrue { get; private set; }

    public HalfTally YPred { get; private set; }

    public ValueTask CommitAsync(IReadOnlyList<string> keys, DecideJoins decide, CancellationToken cancellationToken)
    {
        Tries++;
        Committing?.Invoke();
        ThrowIfBroken();
        if (Refuses)
        {
            throw new StoreUnavailableException("The disk is full.");
        }

        var decision = decide([.. keys.Select(key => _pairs.GetValueOrDefault(key))]);
        foreach (var put in decision.Puts)
        {
            _pairs[keys[put.Key]] = put.State;
        }

        (YTrue, YPred) = (YTrue + decision.YTrue, YPred + decision.YPred);
        Batches.Add(keys.Count);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<Orphan>> OrphanAsync(DateTimeOffset now, TimeSpan after, int limit, CancellationToken cancellationToken)
    {
        var old = _pairs.Where(pair => pair.Value.Stage == PairStage.Pending && now - pair.Value.Since >= after).Take(limit).ToArray();
        if (old.Length > 0)
        {
            Sweeping?.Invoke();
        }

        foreach (var (key, state) in old)
        {
            _pairs[key] = state with { Stage = PairStage.Orphaned };
        }

        return ValueTask.FromResult<IReadOnlyList<Orphan>>(
            [.. old.Select(pair => new Orphan(pair.Value.Id!, pair.Value.Model, pair.Value.YTrue, pair.Value.YPred, pair.Value.Since))]);
    }

    public ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Refuses
            ? ValueTask.FromException<StoreCounts>(new StoreUnavailableException("The disk is full."))
            : ValueTask.FromResult(default(StoreCounts) with { Rows = _pairs.Values.Count(pair => pair.Stage == PairStage.Joined) });
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
