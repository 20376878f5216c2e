namespace Diabetes.Domain.Models;

/// <summary>
/// The sum of the features, from left to right as Python's <c>sum</c> before 3.12. Knows nothing of the target; some reference systems run
/// it.
/// </summary>
public sealed class SumModel(int featureCount) : IModel
{
    public int FeatureCount => featureCount;

    public double Predict(ReadOnlySpan<double> features)
    {
        if (features.Length != featureCount)
        {
            throw new ArgumentException($"The model has {featureCount} features, not {features.Length}.", nameof(features));
        }

        var sum = 0.0;
        foreach (var feature in features) sum += feature;
        return sum;
    }
}
