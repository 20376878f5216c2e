using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>Holds one half of a pair: a message of the y_true or y_pred queue.</summary>
/// <param name="Id">The id of the observation.</param>
/// <param name="Side">Which of the two halves it is.</param>
/// <param name="Value">A finite number in the unit of the target.</param>
/// <param name="Model">
/// The model that made the prediction; null if the message does not name one, and for ground truth.
/// <see cref="ExpectedModels"/> decides to which pairs the half belongs.
/// </param>
public readonly record struct PairHalf(ObservationId Id, PairSide Side, double Value, string? Model = null);

/// <summary>Names the two halves of a pair.</summary>
public enum PairSide : byte
{
    /// <summary>Ground truth, from the y_true queue.</summary>
    YTrue,

    /// <summary>Prediction, from the y_pred queue.</summary>
    YPred,
}
