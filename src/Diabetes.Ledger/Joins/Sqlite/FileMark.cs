namespace Diabetes.Ledger;

/// <summary>How far a file of the store has come.</summary>
/// <param name="Synced">Bytes that are known to be on the disk.</param>
/// <param name="Length">Bytes that are committed: the store has those behind <paramref name="Synced"/> itself, until the disk has.</param>
/// <param name="Rows">Rows that were ever committed to it, closed segments and all.</param>
/// <param name="Segment">Number of the segment that was closed last; 0 before the first.</param>
/// <param name="Day">UTC day of the first row since then, counted from the year 1; 0 while there is none.</param>
/// <param name="Closing">Whether the next number is given to the file: it is whole on the disk, and where it is missing it was renamed.</param>
internal readonly record struct FileMark(long Synced, long Length, long Rows, int Segment, int Day, bool Closing)
{
    /// <summary>Whether there is a row in the file, and not only in segments closed before.</summary>
    public bool HasRows => Day > 0;
}
