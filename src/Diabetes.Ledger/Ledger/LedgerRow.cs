namespace Diabetes.Ledger;

/// <summary>One joined pair, as the ledger keeps it.</summary>
/// <param name="Id">The id as Python prints it: no unit, not escaped.</param>
/// <param name="YTrue">Ground truth, in the target's unit.</param>
/// <param name="YPred">Prediction, in the target's unit.</param>
/// <param name="AbsoluteError">|y_true − y_pred|, in the target's unit.</param>
public readonly record struct LedgerRow(string Id, double YTrue, double YPred, double AbsoluteError);
