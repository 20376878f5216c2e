namespace Diabetes.Domain.Wire;

/// <summary>Sets the limits and names of the codec.</summary>
public sealed record WireOptions
{
    /// <summary>The columns of the diabetes dataset, in the order in which the models were trained.</summary>
    public static IReadOnlyList<string> DiabetesFeatures { get; } = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"];

    /// <summary>The size of the largest message in bytes.</summary>
    public int MaxSize { get; init; } = 64 * 1024;

    /// <summary>The largest number of nested objects and lists.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>True to treat a string id that contains a number as that number. Python never does that.</summary>
    public bool UnifyIds { get; init; }

    /// <summary>
    /// The names of the features in the order of the model. Their number is the length of a vector, and the order applies to features that
    /// come by name.
    /// </summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = DiabetesFeatures;
}
