using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// Lists the closed segments of a ledger that a reader has found, end to end. One that is archived later keeps its place, so that no
/// position moves.
/// </summary>
internal sealed class ClosedSegments(string ledger)
{
    private readonly List<CsvSegment> _all = [];

    /// <summary>Bytes of all of them; the active file begins at this position.</summary>
    public long Length => _all.Count > 0 ? _all[^1].End : 0;

    public void Forget() => _all.Clear();

    /// <summary>Adds the segments that were closed since the last call.</summary>
    /// <returns>The first of them: the file that was active before. Null if there are no new ones.</returns>
    public CsvSegment? FindNew()
    {
        var (known, last) = (_all.Count, _all.Count > 0 ? _all[^1].Number : 0);
        var newest = CsvSegments.Numbers(LocalDisk.Instance, ledger).LastOrDefault();

        // A listing may contain a file that was renamed during it, and lack one that was renamed earlier. The next listing has all
        // segments up to the newest.
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

    /// <summary>Lists the segment that this position is in, and those behind it.</summary>
    public IEnumerable<CsvSegment> From(long position) => position < Length ? _all.Where(segment => segment.End > position) : [];
}
