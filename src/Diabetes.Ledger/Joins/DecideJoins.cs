namespace Diabetes.Ledger;

/// <summary>
/// The rules of joining, which no store knows. Called while the batch's keys are held against other writers; without side effects, because it is
/// called again, with other knowledge, where a transaction has to be repeated. The last call's answer is the one that counts.
/// </summary>
/// <param name="known">What is known of each key of the batch, in the batch's order.</param>
public delegate JoinDecision DecideJoins(ReadOnlySpan<PairState> known);
