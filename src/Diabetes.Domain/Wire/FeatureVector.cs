using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>A message of the features queue.</summary>
/// <param name="Id">Which observation.</param>
/// <param name="Values">The features in the model's order, each finite. Nobody writes to them once they are here.</param>
public readonly record struct FeatureVector(ObservationId Id, ReadOnlyMemory<double> Values);
