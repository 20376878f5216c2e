namespace Diabetes.Ledger.Joins;

/// <summary>What a look at all of a store found.</summary>
/// <param name="Counts">What the store counted.</param>
/// <param name="Differences">What does not agree, each a sentence that says where and what to do; none where everything does.</param>
public sealed record StoreAudit(StoreCounts Counts, IReadOnlyList<string> Differences);
