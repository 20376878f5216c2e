using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Joins;

/// <summary>
/// Everything durable of joining, in one place and one operation: the pairs that wait, the ledger and its index, and the counts change together or not at
/// all. Whoever commits a batch may settle its deliveries; one that comes again after a crash meets what is known of it and is a duplicate.
/// </summary>
public interface IJoinStore : IAsyncDisposable
{
    /// <summary>
    /// Looks up what is known of the batch's pairs, asks <see cref="JoinBatch.Decide"/>, and keeps the outcome, all in one transaction.
    /// Durable when completed. Without halves, only counts change.
    /// </summary>
    /// <param name="batch">The halves.</param>
    /// <param name="now">Since when the halves wait that are alone; kept to the millisecond.</param>
    /// <param name="cancellationToken">Gives up before the batch is begun.</param>
    /// <returns>What was kept.</returns>
    /// <exception cref="StoreUnavailableException">Nothing of the batch is kept; the caller has it still and tries again.</exception>
    /// <exception cref="StoreUnusableException">The store is damaged or not one of ours.</exception>
    ValueTask<JoinOutcome> CommitAsync(JoinBatch batch, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Gives up halves that wait for longer than <paramref name="after"/>, the oldest first, and writes them down as orphans. Each is given up once, whoever asks.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="after">How long a half may wait.</param>
    /// <param name="limit">Most orphans of one call; as many as that means that there may be more.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    /// <exception cref="StoreUnavailableException">Nothing changed; try again.</exception>
    ValueTask<IReadOnlyList<Orphan>> OrphanAsync(DateTimeOffset now, TimeSpan after, int limit, CancellationToken cancellationToken);

    /// <summary>What the store has, without reading all of it.</summary>
    /// <exception cref="StoreUnavailableException">Try again.</exception>
    ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken);
}

/// <summary>A half that waited too long. Exactly one of the two values is there.</summary>
/// <param name="Id">As a row would have it.</param>
/// <param name="Model">Whose prediction it is or waited for, if models are told apart.</param>
/// <param name="YTrue">In the target's unit, if ground truth is what waited.</param>
/// <param name="YPred">In the target's unit, if a prediction is what waited.</param>
/// <param name="Since">When it came.</param>
public readonly record struct Orphan(string Id, string? Model, double? YTrue, double? YPred, DateTimeOffset Since)
{
    /// <summary>By how much the tallies of the two sides grow when these are given up.</summary>
    internal static (SideTally YTrue, SideTally YPred) Tally(IReadOnlyCollection<Orphan> orphans)
    {
        var yTrue = orphans.Count(static orphan => orphan.YTrue.HasValue);
        return (SideTally.OfOrphans(yTrue), SideTally.OfOrphans(orphans.Count - yTrue));
    }
}

/// <summary>
/// What a store has, over all runs. Halves are counted as <see cref="JoinBatch.Decide"/> counts them; rows by the store, from what it
/// writes: so that one is a check of the other.
/// </summary>
/// <param name="YTrue">Halves of the ground truth.</param>
/// <param name="YPred">Halves of the predictions.</param>
/// <param name="Rows">Rows of the ledger, late ones not among them.</param>
/// <param name="LateRows">Rows of late joins.</param>
public readonly record struct StoreCounts(SideTally YTrue, SideTally YPred, long Rows, long LateRows)
{
    /// <summary>What does not add up, in words that name the sides; null where everything does.</summary>
    public string? Mismatch =>
        !YTrue.IsBalanced ? $"y_true does not add up: {YTrue}."
        : !YPred.IsBalanced ? $"y_pred does not add up: {YPred}."
        : YTrue.Joined != Rows + LateRows || YPred.Joined != Rows + LateRows
            ? $"The ledger does not agree with the halves: {Rows} rows and {LateRows} late ones, but {YTrue.Joined} joined halves of y_true and {YPred.Joined} of y_pred."
        : null;
}
