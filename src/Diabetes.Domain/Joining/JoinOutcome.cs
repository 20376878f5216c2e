namespace Diabetes.Domain.Joining;

/// <summary>Holds the result of a batch of halves.</summary>
/// <param name="Verdicts">One verdict for each half, in the order of the batch. Ground truth that belongs to several pairs gets the most
/// important of its verdicts: conflict, join, hold, duplicate.</param>
/// <param name="Changes">The pairs that changed: first those that were joined, in the order of the joins, then those that wait.</param>
/// <param name="YTrue">The change of the tally of the ground truth.</param>
/// <param name="YPred">The change of the tally of the predictions.</param>
public sealed record JoinOutcome(IReadOnlyList<Verdict> Verdicts, IReadOnlyList<PairChange> Changes, SideTally YTrue, SideTally YPred);

/// <summary>Describes a pair that a batch changed.</summary>
/// <param name="Key">The index of the pair in <see cref="JoinBatch.Keys"/>.</param>
/// <param name="After">The pair after the batch.</param>
public readonly record struct PairChange(int Key, Correlation After);
