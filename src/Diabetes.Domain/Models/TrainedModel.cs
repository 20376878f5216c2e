namespace Diabetes.Domain.Models;

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

/// <summary>How a model predicts; the name in lower case stands in the model file.</summary>
public enum ModelKind
{
    /// <summary>Intercept plus the features weighted by coefficients: <see cref="LinearModel"/>.</summary>
    Linear,

    /// <summary>The plain sum of the features: <see cref="SumModel"/>.</summary>
    Sum,
}

/// <summary>How well a model does on the rows it was trained on.</summary>
/// <param name="Mae">Mean absolute error, in the target's unit.</param>
/// <param name="Rmse">Root of the mean squared error, in the target's unit.</param>
/// <param name="R2">Share of the target's variance that the model explains: 1 is all of it, below 0 is worse than the mean.</param>
public sealed record ModelMetrics(double Mae, double Rmse, double R2);

/// <summary>What a model was trained on. No time: the same data gives the same file, byte for byte.</summary>
/// <param name="Dataset">File name.</param>
/// <param name="Sha256">Of the file's bytes, in lower-case hexadecimal.</param>
/// <param name="Rows">Rows in it.</param>
public sealed record Provenance(string Dataset, string Sha256, int Rows);
