using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>Holds a message of the features queue: one row.</summary>
/// <param name="Id">The id of the observation.</param>
/// <param name="Values">The features in the order of the model, all finite. Nobody changes them after construction.</param>
public readonly record struct FeatureVector(ObservationId Id, ReadOnlyMemory<double> Values);
