using Diabetes.Domain;

namespace Diabetes.Features;

/// <summary>What a features node sends.</summary>
/// <param name="Dataset">Where rows are drawn from, evenly, with replacement.</param>
/// <param name="Rate">Rows a second; 0 for as fast as the broker takes them.</param>
/// <param name="Count">Rows in all; 0 for no end.</param>
/// <param name="LabelDelay">How long labels lag.</param>
/// <param name="NotifyInterval">Between two notifications; 0 for one a row; null for none.</param>
/// <param name="Seed">Draws the same rows and delays again; null for others each time.</param>
public sealed record FeaturesPlan(Dataset Dataset, double Rate, long Count, LabelDelay LabelDelay, TimeSpan? NotifyInterval, int? Seed);
