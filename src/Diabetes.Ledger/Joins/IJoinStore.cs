namespace Diabetes.Ledger;

/// <summary>
/// Everything durable of joining, in one place and one operation: the pairs that wait, the ledger and its index, and the counts change together or not at
/// all. Whoever commits a batch may settle its deliveries; one that comes again after a crash meets what is known of it and is a duplicate.
/// </summary>
public interface IJoinStore : IAsyncDisposable
{
    /// <summary>
    /// Looks up what is known of the keys, has it decided, and keeps the decision. Durable when completed. With no keys, only counts change.
    /// </summary>
    /// <param name="keys">Keys of pairs, each once.</param>
    /// <param name="decide">Says what becomes of them.</param>
    /// <param name="cancellationToken">Gives up before the batch is begun.</param>
    /// <exception cref="StoreUnavailableException">Nothing of the batch is kept; the caller has it still and tries again.</exception>
    /// <exception cref="StoreUnusableException">The store is damaged or not one of ours.</exception>
    ValueTask CommitAsync(IReadOnlyList<string> keys, DecideJoins decide, CancellationToken cancellationToken);

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
