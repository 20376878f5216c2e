using Diabetes.Domain;
using Diabetes.Ledger;

namespace Diabetes.Metric;

/// <summary>
/// Carries a batch between the rules of joining, which are the domain's, and the store, which knows none: keys as text, correlations as pair
/// states, and back. Pure.
/// </summary>
/// <param name="batch">The halves.</param>
/// <param name="rejectedTruths">Messages of the y_true queue that came with them and are no halves.</param>
/// <param name="rejectedPredictions">The same for y_pred.</param>
/// <param name="now">Since when the halves wait that are alone.</param>
public sealed class JoinRules(JoinBatch batch, HalfTally rejectedTruths, HalfTally rejectedPredictions, DateTimeOffset now)
{
    /// <summary>The pairs' keys as the store knows them.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. batch.Keys.Select(key => key.ToString())];

    /// <summary>The answer that counted; null before the store asked.</summary>
    public JoinOutcome? Outcome { get; private set; }

    /// <summary>A <see cref="DecideJoins"/>.</summary>
    public JoinDecision Decide(ReadOnlySpan<PairState> known)
    {
        var correlations = new Correlation[known.Length];
        for (var i = 0; i < known.Length; i++)
        {
            correlations[i] = Restore(batch.Keys[i], known[i]);
        }

        Outcome = batch.Decide(correlations);
        var puts = new PairPut[Outcome.Changes.Count];
        for (var i = 0; i < puts.Length; i++)
        {
            var (key, after) = Outcome.Changes[i];
            var since = known[key].Stage == PairStage.Unknown ? now : known[key].Since;
            var model = batch.Keys[key].Model;
            puts[i] = new PairPut(key, Keep(after, after.Id.IsItsKey && model is null ? Keys[key] : after.Id.ToString(), model, since));
        }

        return new JoinDecision(puts, Tally(Outcome.YTrue) + rejectedTruths, Tally(Outcome.YPred) + rejectedPredictions);
    }

    private static Correlation Restore(PairKey key, in PairState state) => state.Stage == PairStage.Unknown
        ? default
        : Correlation.Restore(PhaseOf(state), ObservationId.Restore(key.Id, state.Id!), state.YTrue ?? 0, state.YPred ?? 0);

    private static Phase PhaseOf(in PairState state) =>
        (state.YTrue.HasValue ? Phase.HoldingYTrue : Phase.None)
        | (state.YPred.HasValue ? Phase.HoldingYPred : Phase.None)
        | (state.Stage is PairStage.Orphaned or PairStage.JoinedLate ? Phase.Orphaned : Phase.None);

    private static PairState Keep(in Correlation correlation, string id, string? model, DateTimeOffset since)
    {
        var stage = (correlation.IsJoined, (correlation.Phase & Phase.Orphaned) != 0) switch
        {
            (true, false) => PairStage.Joined,
            (true, true) => PairStage.JoinedLate,
            (false, _) => PairStage.Pending,
        };
        return new PairState(stage, id, model, correlation.YTrue, correlation.YPred, since);
    }

    private static HalfTally Tally(in SideTally tally) => new(tally.Received, tally.Joined, tally.Duplicates, tally.Quarantined);
}
