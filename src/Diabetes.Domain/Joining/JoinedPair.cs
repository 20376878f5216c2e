using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>Both halves of one observation: a row of the ledger.</summary>
/// <param name="Id">As the ground truth spelled it, whichever half came first.</param>
/// <param name="YTrue">In the target's unit.</param>
/// <param name="YPred">In the target's unit.</param>
public readonly record struct JoinedPair(ObservationId Id, double YTrue, double YPred)
{
    /// <summary>
    /// |y_true − y_pred|: one subtraction in double precision, as Python's <c>abs(y_true - y_pred)</c>. Infinite if the difference is.
    /// </summary>
    public double AbsoluteError => Math.Abs(YTrue - YPred);
}
