namespace Diabetes.Domain.Models;

/// <summary>
/// Adds up the features from left to right, like Python's <c>sum</c> before 3.12. It does not depend on the target; some reference systems
/// use it.
/// </summary>
public sealed class SumModel(int featureCount) : IModel
{
    /// <inheritdoc/>
    public int FeatureCount => featureCount;

    /// <inheritdoc/>
    public double Predict(ReadOnlySpan<double> features)
    {
        if (features.Length != featureCount)
        {
            throw new ArgumentException($"The model takes {featureCount} features, but {features.Length} were given.", nameof(features));
        }

        var sum = 0.0;
        foreach (var feature in features)
        {
            sum += feature;
        }

        return sum;
    }
}
