namespace Diabetes.Domain.Statistics;

/// <summary>The errors of a stream of pairs in numbers. All in the target's unit but for the counts and R².</summary>
/// <param name="Count">Pairs with a finite error; what follows is of them.</param>
/// <param name="NotFinite">Pairs whose difference is beyond a double: counted here and nowhere else.</param>
/// <param name="Mean">Mean absolute error; 0 for no pairs.</param>
/// <param name="Median">Of the absolute error, off by 0.4 % at most; NaN for no pairs.</param>
/// <param name="P90">90th percentile of the absolute error, off by 0.4 % at most; NaN for no pairs.</param>
/// <param name="StandardDeviation">Of the absolute error, of the sample (n − 1).</param>
/// <param name="Min">Smallest absolute error.</param>
/// <param name="Max">Largest absolute error.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="Bias">Mean of y_pred − y_true.</param>
/// <param name="R2">Share of the truth's variance explained; NaN for fewer than two pairs.</param>
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
