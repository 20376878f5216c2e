using System.Globalization;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// Names the files of a rotated CSV ledger: the active one is <c>metric_log.csv</c>; closed ones have numbers, <c>metric_log.1.csv</c> is
/// the oldest.
/// </summary>
internal static class CsvSegments
{
    private const int MostDigits = 9;
    private const int Shown = 3;

    /// <summary>Names the closed segment of this number.</summary>
    public static string Path(string ledger, int number) => System.IO.Path.Combine(
        ParentFolder.Of(ledger),
        string.Create(CultureInfo.InvariantCulture,
            $"{System.IO.Path.GetFileNameWithoutExtension(ledger)}.{number}{System.IO.Path.GetExtension(ledger)}"));

    /// <summary>Tells whether a path is that of a closed segment of this ledger, whether the file exists or not.</summary>
    public static bool IsSegment(string ledger, string path) =>
        ParentFolder.Of(path) == ParentFolder.Of(ledger)
        && Number(System.IO.Path.GetFileName(path), System.IO.Path.GetFileNameWithoutExtension(ledger),
            System.IO.Path.GetExtension(ledger)) is not null;

    /// <summary>Lists the numbers of the closed segments that are beside the ledger, in ascending order.</summary>
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
        string.Join(", ", numbers.Take(Shown).Select(number => $"'{System.IO.Path.GetFileName(Path(ledger, number))}'"))
            + (numbers.Count > Shown ? ", ..." : "");

    private static int? Number(string name, string stem, string extension)
    {
        if (name.Length <= stem.Length + 1 + extension.Length || !name.StartsWith(stem, StringComparison.Ordinal)
            || name[stem.Length] != '.'
            || !name.EndsWith(extension, StringComparison.Ordinal))
        {
            return null;
        }

        var digits = name.AsSpan()[(stem.Length + 1)..^extension.Length];
        return digits.Length <= MostDigits && digits[0] != '0'
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

/// <summary>Places a closed segment among the positions of a reader.</summary>
/// <param name="Path">The file, which may have been archived since.</param>
/// <param name="Number">Its number; the oldest segment has 1.</param>
/// <param name="Start">Position of its first byte, with all segments end to end.</param>
/// <param name="Length">Bytes; a closed segment does not grow.</param>
internal readonly record struct CsvSegment(string Path, int Number, long Start, long Length)
{
    public long End => Start + Length;
}
