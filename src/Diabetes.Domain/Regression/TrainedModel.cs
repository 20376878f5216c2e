namespace Diabetes.Domain;

/// <summary>A model with its papers: what a model file holds.</summary>
/// <param name="Kind">How it predicts.</param>
/// <param name="FeatureNames">In the order the coefficients stand in.</param>
/// <param name="Coefficients">One a feature; 1 each for <see cref="ModelKind.Sum"/>.</param>
/// <param name="Intercept">In the target's unit; 0 for <see cref="ModelKind.Sum"/>.</param>
/// <param name="TrainedOn">The data.</param>
/// <param name="Metrics">On that data.</param>
public sealed record TrainedModel(
    ModelKind Kind,
    IReadOnlyList<string> FeatureNames,
    IReadOnlyList<double> Coefficients,
    double Intercept,
    Provenance TrainedOn,
    ModelMetrics Metrics)
{
    /// <summary>The part that predicts.</summary>
    public IModel ToModel() => Kind switch
    {
        ModelKind.Sum => new SumModel(FeatureNames.Count),
        _ => new LinearModel(Coefficients.ToArray(), Intercept),
    };
}
