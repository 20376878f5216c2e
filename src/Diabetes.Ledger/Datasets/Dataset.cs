namespace Diabetes.Ledger.Datasets;

/// <summary>Holds a table of observations: features, and the target of each row.</summary>
public sealed class Dataset
{
    private readonly double[] _features;
    private readonly double[] _targets;

    internal Dataset(IReadOnlyList<string> featureNames, string targetName, double[] features, double[] targets)
    {
        FeatureNames = featureNames;
        TargetName = targetName;
        _features = features;
        _targets = targets;
    }

    /// <summary>Names of the features, in column order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Name of the last column.</summary>
    public string TargetName { get; }

    /// <summary>Number of rows; at least one.</summary>
    public int Count => _targets.Length;

    /// <summary>The features of a row, in column order. For the diabetes data: mean-centred and scaled, without a unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlyMemory<double> Features(int row) => _features.AsMemory(row * FeatureNames.Count, FeatureNames.Count);

    /// <summary>The target of every row. For the diabetes data: disease progression after one year, 25 to 346, without a unit.</summary>
    public ReadOnlySpan<double> Targets => _targets;
}
