using Diabetes.Domain;

namespace Diabetes.Ledger;

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
