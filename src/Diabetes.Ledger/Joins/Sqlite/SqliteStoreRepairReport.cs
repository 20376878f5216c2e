namespace Diabetes.Ledger;

/// <summary>What a repair came upon.</summary>
/// <param name="Kept">Where the former index is; null where there was none.</param>
/// <param name="Carried">Whether what waited in it was taken over.</param>
/// <param name="Unsettled">Why the former store could not write to its files what it owed them; null where it could.</param>
/// <param name="Appended">Rows that only the former store had, and its files have now.</param>
/// <param name="Archived">Rows of the former index that are in no file, taken for those of closed segments that are not beside the ledger: in the new index all the same.</param>
/// <param name="Dropped">Rows of the former index that are in no file, though none is missing: not in the new index.</param>
public sealed record SqliteStoreRepairReport(string? Kept, bool Carried, string? Unsettled, long Appended, long Archived, long Dropped);
