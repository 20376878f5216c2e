namespace Diabetes.Domain;

/// <summary>A pair that a batch changed.</summary>
/// <param name="Key">Its place in <see cref="JoinBatch.Keys"/>.</param>
/// <param name="After">What is known of it from now on.</param>
public readonly record struct PairChange(int Key, Correlation After);
