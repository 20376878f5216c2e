namespace Diabetes.Domain.Statistics;

/// <summary>Summarises the errors of a stream of pairs. All values are in the unit of the target, except the counts and R².</summary>
/// <param name="Count">The number of pairs with a finite error. The values below are of these pairs.</param>
/// <param name="NotFinite">The number of pairs whose difference is too large for a double. They are only counted here.</param>
/// <param name="Mean">Mean absolute error; 0 if there are no pairs.</param>
/// <param name="Median">Median of the absolute error, with a relative error of at most 0.4 %; NaN if there are no pairs.</param>
/// <param name="P90">90th percentile of the absolute error, with a relative error of at most 0.4 %; NaN if there are no pairs.</param>
/// <param name="StandardDeviation">Standard deviation of the absolute error (n − 1).</param>
/// <param name="Min">Smallest absolute error.</param>
/// <param name="Max">Largest absolute error.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="Bias">Mean of y_pred − y_true.</param>
/// <param name="R2">Share of the variance of the ground truth that is explained; NaN for fewer than two pairs.</param>
public sealed record ErrorSummary(
    long Count,
    long NotFinite,
    double Mean,
    double Median,
    double P90,
    double StandardDeviation,
    double Min,
    double Max,
    double Rmse,
    double Bias,
    double R2);
