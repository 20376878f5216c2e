namespace Diabetes.Domain;

/// <summary>How a model predicts; the name in lower case stands in the model file.</summary>
public enum ModelKind
{
    /// <summary>Intercept plus the features weighted by coefficients: <see cref="LinearModel"/>.</summary>
    Linear,

    /// <summary>The plain sum of the features: <see cref="SumModel"/>.</summary>
    Sum,
}
