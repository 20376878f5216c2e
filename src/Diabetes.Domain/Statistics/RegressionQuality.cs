namespace Diabetes.Domain.Statistics;

/// <summary>
/// Measures how good predictions are over a stream of pairs, in constant memory. Several instances can be merged. Not thread-safe.
/// </summary>
public sealed class RegressionQuality
{
    private Moments _yTrue;
    private Moments _residual;
    private Moments _absolute;

    /// <summary>The number of pairs.</summary>
    public long Count => _residual.Count;

    /// <summary>The moments of |y_true − y_pred|, in the unit of the target.</summary>
    public Moments AbsoluteError => _absolute;

    /// <summary>Mean of |y_true − y_pred|; 0 if there are no pairs.</summary>
    public double MeanAbsoluteError => _absolute.Mean;

    /// <summary>Mean of y_pred − y_true. Above 0 the predictions are too high.</summary>
    public double Bias => _residual.Mean;

    /// <summary>Root of the mean squared error; 0 if there are no pairs.</summary>
    public double RootMeanSquaredError => _residual.RootMeanSquare;

    /// <summary>
    /// The share of the variance of the ground truth that is explained. NaN for fewer than two pairs. If the ground truth never varies it
    /// is 1 if all predictions are exact and 0 otherwise, as in scikit-learn.
    /// </summary>
    public double R2
    {
        get
        {
            if (Count < 2)
            {
                return double.NaN;
            }

            return _yTrue.PopulationDeviation > 0 ? 1 - _residual.SquaresPerDeviationOf(_yTrue)
                : RootMeanSquaredError > 0 ? 0 : 1;
        }
    }

    /// <summary>Adds one pair.</summary>
    /// <param name="yTrue">A finite number.</param>
    /// <param name="yPred">A finite number whose difference from <paramref name="yTrue"/> is finite too.</param>
    public void Add(double yTrue, double yPred)
    {
        _yTrue = _yTrue.Add(yTrue);
        _residual = _residual.Add(yPred - yTrue);
        _absolute = _absolute.Add(Math.Abs(yTrue - yPred));
    }

    /// <summary>Adds all pairs of <paramref name="other"/>.</summary>
    public void Merge(RegressionQuality other)
    {
        _yTrue = _yTrue.Merge(other._yTrue);
        _residual = _residual.Merge(other._residual);
        _absolute = _absolute.Merge(other._absolute);
    }
}
