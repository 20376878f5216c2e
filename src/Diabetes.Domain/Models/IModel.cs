namespace Diabetes.Domain.Models;

/// <summary>Predicts a target from features. Immutable and thread-safe.</summary>
public interface IModel
{
    /// <summary>The number of features that the model takes.</summary>
    int FeatureCount { get; }

    /// <summary>Computes the prediction in the unit of the target. It is infinite or NaN only if the arithmetic overflows.</summary>
    /// <exception cref="ArgumentException">The number of features is not <see cref="FeatureCount"/>.</exception>
    double Predict(ReadOnlySpan<double> features);
}
