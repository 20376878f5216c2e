using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Brings batches of halves into a store: the domain decides what they are, the store keeps it. Translates between the two, and no more.</summary>
/// <param name="store">Owned by whoever made it.</param>
/// <param name="models">Whose predictions are joined.</param>
/// <param name="time">Says since when a half waits.</param>
public sealed class JoinCommit(IJoinStore store, ExpectedModels models, TimeProvider time)
{
    /// <summary>Makes the halves durable, all or none; then their deliveries can be settled, each by its verdict.</summary>
    /// <param name="halves">In the order they came in.</param>
    /// <param name="unreadableYTrue">Messages of the y_true queue that are no halves and went to quarantine.</param>
    /// <param name="unreadableYPred">The same for y_pred.</param>
    /// <param name="cancellationToken">Gives up before the batch is begun.</param>
    /// <exception cref="StoreUnavailableException">Nothing of the batch is kept; try again with the same.</exception>
    public async Task<JoinOutcome> CommitAsync(IReadOnlyList<Half> halves, long unreadableYTrue, long unreadableYPred, CancellationToken cancellationToken)
    {
        var batch = new JoinBatch(halves, models);
        var now = time.GetUtcNow();
        JoinOutcome? outcome = null;
        await store.CommitAsync([.. batch.Keys.Select(static key => key.ToString())], Decide, cancellationToken).ConfigureAwait(false);
        return outcome!;

        JoinDecision Decide(ReadOnlySpan<PairState> known)
        {
            var correlations = new Correlation[known.Length];
            for (var i = 0; i < correlations.Length; i++)
            {
                correlations[i] = Known(batch.Keys[i], known[i]);
            }

            outcome = batch.Decide(correlations);
            var puts = outcome.Changes.Select(change => new PairPut(change.Key, Kept(batch.Keys[change.Key], change.After, now)));
            return new JoinDecision([.. puts], Tally(outcome.YTrue, unreadableYTrue), Tally(outcome.YPred, unreadableYPred));
        }
    }

    private static Correlation Known(PairKey key, in PairState state)
    {
        if (state.Stage == PairStage.Unknown)
        {
            return default;
        }

        var phase = (state.YTrue.HasValue ? Phase.HoldingYTrue : 0)
            | (state.YPred.HasValue ? Phase.HoldingYPred : 0)
            | (state.Stage is PairStage.Orphaned or PairStage.JoinedLate ? Phase.Orphaned : 0);
        return Correlation.Restore(phase, ObservationId.Restore(key.Id, state.Id!), state.YTrue ?? 0, state.YPred ?? 0);
    }

    private static PairState Kept(PairKey key, in Correlation correlation, DateTimeOffset now) => new(
        !correlation.IsJoined ? PairStage.Pending : (correlation.Phase & Phase.Orphaned) == 0 ? PairStage.Joined : PairStage.JoinedLate,
        correlation.Id.ToString(),
        key.Model,
        correlation.YTrue,
        correlation.YPred,
        now);

    private static HalfTally Tally(in SideTally tally, long unreadable) =>
        new(tally.Received + unreadable, tally.Joined, tally.Duplicates, tally.Quarantined + unreadable);
}
