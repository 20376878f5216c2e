namespace Diabetes.Streams;

/// <summary>How far a file of the store has come.</summary>
/// <param name="Synced">Bytes that are known to be on the disk.</param>
/// <param name="Length">Bytes that are committed: the store has those behind <paramref name="Synced"/> itself, until the disk has.</param>
/// <param name="Rows">Rows that were ever committed to it.</param>
internal readonly record struct FileMark(long Synced, long Length, long Rows);
