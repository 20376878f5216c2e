using Diabetes.Domain;

namespace Diabetes.Ledger;

/// <summary>
/// What a store has, over all runs. Halves are counted as <see cref="JoinBatch.Decide"/> counts them; rows by the store, from what it
/// writes: so that one is a check of the other.
/// </summary>
/// <param name="YTrue">Halves of the ground truth.</param>
/// <param name="YPred">Halves of the predictions.</param>
/// <param name="Rows">Rows of the ledger, late ones not among them.</param>
/// <param name="LateRows">Rows of late joins.</param>
public readonly record struct StoreCounts(SideTally YTrue, SideTally YPred, long Rows, long LateRows)
{
    /// <summary>What does not add up, in words that name the sides; null where everything does.</summary>
    public string? Mismatch =>
        !YTrue.IsBalanced ? $"y_true does not add up: {YTrue}."
        : !YPred.IsBalanced ? $"y_pred does not add up: {YPred}."
        : YTrue.Joined != Rows + LateRows || YPred.Joined != Rows + LateRows
            ? $"The ledger does not agree with the halves: {Rows} rows and {LateRows} late ones, but {YTrue.Joined} joined halves of y_true and {YPred.Joined} of y_pred."
        : null;
}
