namespace Diabetes.Domain.Models;

/// <summary>Intercept + Σ coefficient × feature, summed from left to right so that every machine gets the same bits.</summary>
/// <param name="coefficients">One a feature, in target units per feature unit.</param>
/// <param name="intercept">In the target's unit.</param>
public sealed class LinearModel(ReadOnlyMemory<double> coefficients, double intercept) : IModel
{
    public int FeatureCount => coefficients.Length;

    public double Predict(ReadOnlySpan<double> features)
    {
        var weights = coefficients.Span;
        if (features.Length != weights.Length)
        {
            throw new ArgumentException($"The model has {weights.Length} features, not {features.Length}.", nameof(features));
        }

        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * features[i];
        return sum + intercept;
    }
}
