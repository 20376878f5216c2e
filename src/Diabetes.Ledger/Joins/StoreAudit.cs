namespace Diabetes.Ledger.Joins;

/// <summary>Holds what an audit of a whole store found.</summary>
/// <param name="Counts">The counts that the store keeps.</param>
/// <param name="Differences">One sentence for each difference, which says where it is and what to do; empty if everything agrees.</param>
public sealed record StoreAudit(StoreCounts Counts, IReadOnlyList<string> Differences);
