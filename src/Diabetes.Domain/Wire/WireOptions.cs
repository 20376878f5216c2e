namespace Diabetes.Domain.Wire;

/// <summary>What the codec takes for readable.</summary>
public sealed record WireOptions
{
    /// <summary>The columns of the diabetes dataset, in the order the models were trained on.</summary>
    public static IReadOnlyList<string> DiabetesFeatures { get; } = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"];

    /// <summary>Largest message in bytes.</summary>
    public int MaxSize { get; init; } = 64 * 1024;

    /// <summary>Most objects and lists inside each other.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Joins a string id that holds a number with that number. Python never does.</summary>
    public bool UnifyIds { get; init; }

    /// <summary>
    /// Names of the features, in the model's order: how many a vector must have, and where each goes when they come by name.
    /// </summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = DiabetesFeatures;
}
