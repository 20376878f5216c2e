namespace Diabetes.Ledger;

/// <summary>Which file it is, and how it begins.</summary>
/// <param name="Name">What the store calls it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Header">Its first line.</param>
/// <param name="Delimiter">What stands between columns.</param>
/// <param name="MostUnsyncedBatches">After how many batches it is synced at the latest.</param>
/// <param name="Rotation">When it is full; null for a file that is never rotated, whatever is beside it.</param>
internal sealed record StoreFileOptions(string Name, string Path, string Header, char Delimiter, int MostUnsyncedBatches, LedgerRotation? Rotation);
