namespace Diabetes.Domain;

/// <summary>How well a model does on the rows it was trained on.</summary>
/// <param name="Mae">Mean absolute error, in the target's unit.</param>
/// <param name="Rmse">Root of the mean squared error, in the target's unit.</param>
/// <param name="R2">Share of the target's variance that the model explains: 1 is all of it, below 0 is worse than the mean.</param>
public sealed record ModelMetrics(double Mae, double Rmse, double R2);
