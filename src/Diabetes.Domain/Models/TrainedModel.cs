namespace Diabetes.Domain.Models;

/// <summary>Holds what a model file contains: a model, what it was trained on and how good it is.</summary>
/// <param name="Kind">How the model predicts.</param>
/// <param name="FeatureNames">The names of the features, in the order of the coefficients.</param>
/// <param name="Coefficients">One coefficient for each feature; all are 1 for <see cref="ModelKind.Sum"/>.</param>
/// <param name="Intercept">The intercept in the unit of the target; 0 for <see cref="ModelKind.Sum"/>.</param>
/// <param name="TrainedOn">The dataset that the model was trained on.</param>
/// <param name="Metrics">How good the model is on that dataset.</param>
public sealed record TrainedModel(
    ModelKind Kind,
    IReadOnlyList<string> FeatureNames,
    IReadOnlyList<double> Coefficients,
    double Intercept,
    Provenance TrainedOn,
    ModelMetrics Metrics)
{
    /// <summary>Creates the object that predicts.</summary>
    public IModel ToModel() => Kind switch
    {
        ModelKind.Sum => new SumModel(FeatureNames.Count),
        _ => new LinearModel(Coefficients.ToArray(), Intercept),
    };
}

/// <summary>Says how a model predicts. The name in lower case is written to the model file.</summary>
public enum ModelKind
{
    /// <summary>The intercept plus the features weighted by coefficients: <see cref="LinearModel"/>.</summary>
    Linear,

    /// <summary>The plain sum of the features: <see cref="SumModel"/>.</summary>
    Sum,
}

/// <summary>Says how good a model is on the rows that it was trained on.</summary>
/// <param name="Mae">Mean absolute error, in the target's unit.</param>
/// <param name="Rmse">Root of the mean squared error, in the target's unit.</param>
/// <param name="R2">The share of the target's variance that the model explains: 1 is all of it; below 0 is worse than always predicting the
/// mean.</param>
public sealed record ModelMetrics(double Mae, double Rmse, double R2);

/// <summary>Says what a model was trained on. It has no date, so that the same dataset gives the same file, byte for byte.</summary>
/// <param name="Dataset">The name of the dataset's file.</param>
/// <param name="Sha256">SHA-256 of that file, in lower-case hexadecimal.</param>
/// <param name="Rows">The number of rows in that file.</param>
public sealed record Provenance(string Dataset, string Sha256, int Rows);
