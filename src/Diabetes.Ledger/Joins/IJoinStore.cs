using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Joins;

/// <summary>
/// Keeps everything durable of joining: the halves that wait, the ledger with its index, and the counts. One transaction changes all of
/// them or none. After a commit the caller may settle the batch's deliveries; a delivery that comes again after a crash is a duplicate.
/// </summary>
public interface IJoinStore : IAsyncDisposable
{
    /// <summary>
    /// Looks up what is known of the batch's pairs, asks <see cref="JoinBatch.Decide"/>, and keeps the outcome, all in one transaction.
    /// Durable when the task completes. A batch without halves changes only counts.
    /// </summary>
    /// <param name="batch">The halves.</param>
    /// <param name="now">When the halves came; kept to the millisecond.</param>
    /// <param name="cancellationToken">Cancels before the transaction begins.</param>
    /// <returns>The verdicts and changes that were kept.</returns>
    /// <exception cref="StoreUnavailableException">Nothing of the batch is kept; the caller tries again with the same batch.</exception>
    /// <exception cref="StoreUnusableException">The store is damaged, or another program's.</exception>
    ValueTask<JoinOutcome> CommitAsync(JoinBatch batch, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Makes orphans of halves that wait for longer than <paramref name="after"/>, the oldest first. Each half becomes an orphan once,
    /// whichever node asks.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="after">How long a half may wait.</param>
    /// <param name="limit">Most orphans of one call. If as many are returned, there may be more.</param>
    /// <param name="cancellationToken">Cancels before the transaction begins.</param>
    /// <exception cref="StoreUnavailableException">Nothing changed; try again.</exception>
    ValueTask<IReadOnlyList<Orphan>> OrphanAsync(DateTimeOffset now, TimeSpan after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads the counts, without reading all pairs.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer now; try again.</exception>
    ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken);
}

/// <summary>Describes a half that waited too long. Exactly one of the two values is not null.</summary>
/// <param name="Id">The id, spelled as in a row.</param>
/// <param name="Model">Model of the prediction that it is or waited for; null if models are not told apart.</param>
/// <param name="YTrue">Ground truth in the target's unit; null if a prediction waited.</param>
/// <param name="YPred">Prediction in the target's unit; null if ground truth waited.</param>
/// <param name="Since">When it came.</param>
public readonly record struct Orphan(string Id, string? Model, double? YTrue, double? YPred, DateTimeOffset Since)
{
    /// <summary>Computes by how much the tallies of the two sides change when these become orphans.</summary>
    internal static (SideTally YTrue, SideTally YPred) Tally(IReadOnlyCollection<Orphan> orphans)
    {
        var yTrue = orphans.Count(static orphan => orphan.YTrue.HasValue);
        return (SideTally.OfOrphans(yTrue), SideTally.OfOrphans(orphans.Count - yTrue));
    }
}

/// <summary>
/// Holds the counts of a store over all runs. Halves are counted by <see cref="JoinBatch.Decide"/>, rows by the store as it
/// writes them: so one checks the other.
/// </summary>
/// <param name="YTrue">Halves of the ground truth.</param>
/// <param name="YPred">Halves of the predictions.</param>
/// <param name="Rows">Rows of the ledger, without late joins.</param>
/// <param name="LateRows">Rows of late joins.</param>
public readonly record struct StoreCounts(SideTally YTrue, SideTally YPred, long Rows, long LateRows)
{
    /// <summary>Says what does not add up; null if everything does.</summary>
    public string? Mismatch =>
        !YTrue.IsBalanced ? $"y_true does not add up: {YTrue}."
        : !YPred.IsBalanced ? $"y_pred does not add up: {YPred}."
        : YTrue.Joined != Rows + LateRows || YPred.Joined != Rows + LateRows
            ? $"The ledger does not agree with the halves: {Rows} rows and {LateRows} late ones, but {YTrue.Joined} joined halves of " +
                $"y_true and {YPred.Joined} of y_pred."
        : null;
}
