namespace Diabetes.Domain.Statistics;

/// <summary>How good predictions are, over a stream of pairs. O(1) memory; shards are merged. Not thread-safe.</summary>
public sealed class RegressionQuality
{
    private Moments _yTrue;
    private Moments _residual;
    private Moments _absolute;

    /// <summary>Pairs seen.</summary>
    public long Count => _residual.Count;

    /// <summary>Of |y_true − y_pred|, in the target's unit.</summary>
    public Moments AbsoluteError => _absolute;

    public double MeanAbsoluteError => _absolute.Mean;

    /// <summary>Mean of y_pred − y_true: above 0 the model predicts too much.</summary>
    public double Bias => _residual.Mean;

    public double RootMeanSquaredError => Count == 0
        ? 0
        : Math.Sqrt((_residual.SquaredDeviations / Count) + (_residual.Mean * _residual.Mean));

    /// <summary>
    /// Share of the truth's variance that is explained. NaN for fewer than two pairs; where the truth never varies, 1 if it was always met
    /// and 0 otherwise, as scikit-learn has it.
    /// </summary>
    public double R2
    {
        get
        {
            if (Count < 2) return double.NaN;
            var missed = _residual.SquaredDeviations + (Count * _residual.Mean * _residual.Mean);
            if (_yTrue.SquaredDeviations > 0) return 1 - (missed / _yTrue.SquaredDeviations);
            return missed > 0 ? 0 : 1;
        }
    }

    /// <summary>Takes one pair in.</summary>
    /// <param name="yTrue">Finite.</param>
    /// <param name="yPred">Finite, and its difference from <paramref name="yTrue"/> too.</param>
    public void Add(double yTrue, double yPred)
    {
        _yTrue = _yTrue.Add(yTrue);
        _residual = _residual.Add(yPred - yTrue);
        _absolute = _absolute.Add(Math.Abs(yTrue - yPred));
    }

    /// <summary>Takes in all that <paramref name="other"/> saw.</summary>
    public void Merge(RegressionQuality other)
    {
        _yTrue = _yTrue.Merge(other._yTrue);
        _residual = _residual.Merge(other._residual);
        _absolute = _absolute.Merge(other._absolute);
    }
}
