namespace Diabetes.Domain.Joining;

/// <summary>What a batch of halves comes to.</summary>
/// <param name="Verdicts">One for each half, in the batch's order. Ground truth of several pairs has the weightiest of its verdicts: conflict, join, hold, duplicate.</param>
/// <param name="Changes">One for each pair that changed: first those that are joined now, in the order in which they were; then those that wait.</param>
/// <param name="YTrue">By how much the tally of the ground truth grew.</param>
/// <param name="YPred">By how much the tally of the predictions grew.</param>
public sealed record JoinOutcome(IReadOnlyList<Verdict> Verdicts, IReadOnlyList<PairChange> Changes, SideTally YTrue, SideTally YPred);

/// <summary>A pair that a batch changed.</summary>
/// <param name="Key">Its place in <see cref="JoinBatch.Keys"/>.</param>
/// <param name="After">What is known of it from now on.</param>
public readonly record struct PairChange(int Key, Correlation After);
