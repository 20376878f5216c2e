using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Tests.Joins;

/// <summary>Brings batches of halves into a store, as the metric node does, but without deliveries to settle.</summary>
/// <param name="store">Owned by whoever made it.</param>
/// <param name="models">Whose predictions are joined.</param>
/// <param name="time">Says since when a half waits.</param>
internal sealed class JoinCommit(IJoinStore store, ExpectedModels models, TimeProvider time)
{
    /// <summary>Makes the halves durable, all or none; then their deliveries can be settled, each by its verdict.</summary>
    /// <param name="halves">In the order they came in.</param>
    /// <param name="unreadableYTrue">Messages of the y_true queue that are no halves and went to quarantine.</param>
    /// <param name="unreadableYPred">The same for y_pred.</param>
    /// <param name="cancellationToken">Gives up before the batch is begun.</param>
    /// <exception cref="StoreUnavailableException">Nothing of the batch is kept; try again with the same.</exception>
    public Task<JoinOutcome> CommitAsync(IReadOnlyList<PairHalf> halves, long unreadableYTrue, long unreadableYPred,
        CancellationToken cancellationToken) =>
        store.CommitAsync(new JoinBatch(halves, models, unreadableYTrue, unreadableYPred), time.GetUtcNow(), cancellationToken).AsTask();
}
