using System.Text;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>The first record of a file that this system writes: it must be the very one that this system would write.</summary>
internal static class CsvHeader
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    /// <summary>Where the rows begin; null where the file is new, or torn within its header, and has yet to be begun.</summary>
    /// <exception cref="LedgerUnusableException">The file begins with something else.</exception>
    public static long? End(IDiskFile file, string path, string header, char delimiter)
    {
        var expected = Encoding.UTF8.GetBytes(header + "\n");
        var head = new byte[Math.Min(file.Length, 4096)];
        head = head[..file.Read(0, head)];
        var bom = head.AsSpan().StartsWith(Bom) ? Bom.Length : 0;
        var start = head.AsSpan(bom);
        if (expected.AsSpan().StartsWith(start) && start.Length < expected.Length)
        {
            return null;
        }

        var end = CsvRecord.End(start, (byte)delimiter);
        return end >= 0 && IsTheSame(CsvRecord.Trim(start[..end]), header, delimiter)
            ? bom + end
            : throw Foreign(path, header, Encoding.UTF8.GetString(start[..Math.Min(start.Length, 200)]));
    }

    private static bool IsTheSame(ReadOnlySpan<byte> record, string header, char delimiter)
    {
        var expected = header.Split(delimiter);
        Span<Range> fields = stackalloc Range[expected.Length];
        if (CsvRecord.Split(record, (byte)delimiter, fields) != expected.Length)
        {
            return false;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            if (CsvId.Text(record[fields[i]]) != expected[i])
            {
                return false;
            }
        }

        return true;
    }

    private static LedgerUnusableException Foreign(string path, string header, string begins) => new(
        $"The file '{path}' begins with '{begins.Split('\n')[0].TrimEnd('\r')}' where this node's has '{header}'. Move the file away, or set metric.ledger.error-column and metric.ledger.delimiter to what is in it.");
}
