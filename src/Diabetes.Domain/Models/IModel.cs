namespace Diabetes.Domain.Models;

/// <summary>Predicts a target from features. Immutable and thread-safe.</summary>
public interface IModel
{
    /// <summary>How many features it takes.</summary>
    int FeatureCount { get; }

    /// <summary>The prediction, in the target's unit. Infinite or NaN only where the arithmetic overflows.</summary>
    /// <exception cref="ArgumentException">Not <see cref="FeatureCount"/> features.</exception>
    double Predict(ReadOnlySpan<double> features);
}
