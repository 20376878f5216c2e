namespace Diabetes.Ledger;

/// <summary>What becomes of a batch.</summary>
/// <param name="Puts">Pairs that changed, each key once. Rows are written in this order.</param>
/// <param name="YTrue">By how much the counts of the ground truth grow.</param>
/// <param name="YPred">By how much the counts of the predictions grow.</param>
public sealed record JoinDecision(IReadOnlyList<PairPut> Puts, HalfTally YTrue, HalfTally YPred);
