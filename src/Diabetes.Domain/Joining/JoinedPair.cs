using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>Holds both halves of one observation: a row of the ledger.</summary>
/// <param name="Id">The id as the ground truth writes it, whichever half arrived first.</param>
/// <param name="YTrue">The ground truth in the unit of the target.</param>
/// <param name="YPred">The prediction in the unit of the target.</param>
public readonly record struct JoinedPair(ObservationId Id, double YTrue, double YPred)
{
    /// <summary>
    /// |y_true − y_pred|: one subtraction in double precision, like Python's <c>abs(y_true - y_pred)</c>. It is infinite if the difference
    /// is too large for a double.
    /// </summary>
    public double AbsoluteError => Math.Abs(YTrue - YPred);
}
