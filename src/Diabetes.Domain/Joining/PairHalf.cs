using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>A message of the y_true or y_pred queue: one half of a pair.</summary>
/// <param name="Id">What it joins on.</param>
/// <param name="Side">Which half.</param>
/// <param name="Value">Finite, in the target's unit.</param>
/// <param name="Model">Who predicted, if the message says so; null otherwise and for ground truth. Which pairs that makes it part of, <see cref="ExpectedModels"/> says.</param>
public readonly record struct PairHalf(ObservationId Id, PairSide Side, double Value, string? Model = null);

/// <summary>Which of the two halves of a pair.</summary>
public enum PairSide : byte
{
    /// <summary>Ground truth, from the y_true queue.</summary>
    YTrue,

    /// <summary>Prediction, from the y_pred queue.</summary>
    YPred,
}
