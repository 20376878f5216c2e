using System.Globalization;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// The names of a CSV ledger that is rotated: the active file keeps its own, <c>metric_log.csv</c>, and each that was closed has a number, <c>metric_log.1.csv</c> the oldest.
/// </summary>
internal static class CsvSegments
{
    private const int MostDigits = 9;
    private const int Shown = 3;

    /// <summary>Path of the closed segment of this number.</summary>
    public static string Path(string ledger, int number) => System.IO.Path.Combine(
        ParentFolder.Of(ledger),
        string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileNameWithoutExtension(ledger)}.{number}{System.IO.Path.GetExtension(ledger)}"));

    /// <summary>Tells whether a path is that of a closed segment of this ledger, whether the file exists or not.</summary>
    public static bool IsSegment(string ledger, string path) =>
        ParentFolder.Of(path) == ParentFolder.Of(ledger)
        && Number(System.IO.Path.GetFileName(path), System.IO.Path.GetFileNameWithoutExtension(ledger), System.IO.Path.GetExtension(ledger)) is not null;

    /// <summary>Numbers of the closed segments that are beside the ledger, in their order.</summary>
    public static List<int> Numbers(IDisk disk, string ledger)
    {
        var (stem, extension) = (System.IO.Path.GetFileNameWithoutExtension(ledger), System.IO.Path.GetExtension(ledger));
        List<int> numbers = [.. disk.Names(ParentFolder.Of(ledger)).Select(name => Number(name, stem, extension)).OfType<int>()];
        numbers.Sort();
        return numbers;
    }

    /// <summary>Lists the numbers of closed segments that are not beside the ledger.</summary>
    /// <param name="disk">Where the files are.</param>
    /// <param name="ledger">Path of the active file.</param>
    /// <param name="last">Number of the segment that was closed last, as far as the caller knows.</param>
    public static List<int> Absent(IDisk disk, string ledger, long last)
    {
        var found = Numbers(disk, ledger);
        return [.. Enumerable.Range(1, Math.Max((int)last, found.LastOrDefault())).Except(found)];
    }

    /// <summary>Names the first few of these segments, for a message.</summary>
    public static string Names(string ledger, List<int> numbers) =>
        string.Join(", ", numbers.Take(Shown).Select(number => $"'{System.IO.Path.GetFileName(Path(ledger, number))}'")) + (numbers.Count > Shown ? ", ..." : "");

    private static int? Number(string name, string stem, string extension)
    {
        if (name.Length <= stem.Length + 1 + extension.Length || !name.StartsWith(stem, StringComparison.Ordinal) || name[stem.Length] != '.'
            || !name.EndsWith(extension, StringComparison.Ordinal))
        {
            return null;
        }

        var digits = name.AsSpan()[(stem.Length + 1)..^extension.Length];
        return digits.Length <= MostDigits && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

/// <summary>A closed segment as a reader sees it.</summary>
/// <param name="Path">Where it is, or was: its owner may have archived it.</param>
/// <param name="Number">Its place among the others.</param>
/// <param name="Start">Position of its first byte, all segments put end to end.</param>
/// <param name="Length">Bytes; it grows no more.</param>
internal readonly record struct CsvSegment(string Path, int Number, long Start, long Length)
{
    public long End => Start + Length;
}
