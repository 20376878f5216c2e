namespace Diabetes.Domain;

/// <summary>Which of the two halves of a pair.</summary>
public enum Side : byte
{
    /// <summary>Ground truth, from the y_true queue.</summary>
    YTrue,

    /// <summary>Prediction, from the y_pred queue.</summary>
    YPred,
}
