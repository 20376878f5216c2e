namespace Diabetes.Actors.Tests;

/// <summary>Tests that need the processors, or the heap, for themselves.</summary>
[CollectionDefinition(nameof(StressCollection), DisableParallelization = true)]
public sealed class StressCollection;
