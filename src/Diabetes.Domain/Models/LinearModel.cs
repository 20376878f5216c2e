namespace Diabetes.Domain.Models;

/// <summary>Computes intercept + Σ coefficient × feature, summed from left to right so that every machine gets the same bits.</summary>
/// <param name="coefficients">One coefficient for each feature, in target units per feature unit.</param>
/// <param name="intercept">The intercept in the unit of the target.</param>
public sealed class LinearModel(ReadOnlyMemory<double> coefficients, double intercept) : IModel
{
    /// <inheritdoc/>
    public int FeatureCount => coefficients.Length;

    /// <inheritdoc/>
    public double Predict(ReadOnlySpan<double> features)
    {
        var weights = coefficients.Span;
        if (features.Length != weights.Length)
        {
            throw new ArgumentException($"The model takes {weights.Length} features, but {features.Length} were given.", nameof(features));
        }

        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * features[i];
        }

        return sum + intercept;
    }
}
