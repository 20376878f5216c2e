using Diabetes.Domain;

namespace Diabetes.Ledger;

/// <summary>A half that waited too long. Exactly one of the two values is there.</summary>
/// <param name="Id">As a row would have it.</param>
/// <param name="Model">Whose prediction it is or waited for, if models are told apart.</param>
/// <param name="YTrue">In the target's unit, if ground truth is what waited.</param>
/// <param name="YPred">In the target's unit, if a prediction is what waited.</param>
/// <param name="Since">When it came.</param>
public readonly record struct Orphan(string Id, string? Model, double? YTrue, double? YPred, DateTimeOffset Since)
{
    /// <summary>By how much the tallies of the two sides grow when these are given up.</summary>
    internal static (SideTally YTrue, SideTally YPred) Tally(IReadOnlyCollection<Orphan> orphans)
    {
        var yTrue = orphans.Count(static orphan => orphan.YTrue.HasValue);
        return (SideTally.OfOrphans(yTrue), SideTally.OfOrphans(orphans.Count - yTrue));
    }
}
