using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// The closed segments of a ledger that a reader has seen, put end to end. One that is archived meanwhile keeps its place, so that no position moves.
/// </summary>
internal sealed class ClosedSegments(string ledger)
{
    private readonly List<CsvSegment> _all = [];

    /// <summary>Bytes of all of them: where the active file begins.</summary>
    public long Length => _all.Count > 0 ? _all[^1].End : 0;

    public void Forget() => _all.Clear();

    /// <summary>Looks for segments that were closed since.</summary>
    /// <returns>The first of them, which the file was that was active before; null where nothing changed.</returns>
    public CsvSegment? Look()
    {
        var (known, last) = (_all.Count, _all.Count > 0 ? _all[^1].Number : 0);
        var newest = CsvSegments.Numbers(LocalDisk.Instance, ledger).LastOrDefault();

        // A name that comes while a folder is listed may be in the list, and one that came before it not. Those before the newest are certain to be in the next list.
        foreach (var number in newest > last ? CsvSegments.Numbers(LocalDisk.Instance, ledger) : [])
        {
            var path = CsvSegments.Path(ledger, number);
            if (number > last && number <= newest && LocalDisk.Instance.Length(path) is { } length)
            {
                _all.Add(new CsvSegment(path, number, Length, length));
            }
        }

        return _all.Count > known ? _all[known] : null;
    }

    /// <summary>The segment that this position is in, and those behind it.</summary>
    public IEnumerable<CsvSegment> From(long position) => position < Length ? _all.Where(segment => segment.End > position) : [];
}
