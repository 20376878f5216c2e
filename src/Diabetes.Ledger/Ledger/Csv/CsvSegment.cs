namespace Diabetes.Ledger;

/// <summary>A closed segment as a reader sees it.</summary>
/// <param name="Path">Where it is, or was: its owner may have archived it.</param>
/// <param name="Number">Its place among the others.</param>
/// <param name="Start">Position of its first byte, all segments put end to end.</param>
/// <param name="Length">Bytes; it grows no more.</param>
internal readonly record struct CsvSegment(string Path, int Number, long Start, long Length)
{
    public long End => Start + Length;
}
