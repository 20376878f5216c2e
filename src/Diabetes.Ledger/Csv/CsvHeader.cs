using System.Text;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>Checks the header of a file that this system writes: its columns must be the configured ones.</summary>
internal static class CsvHeader
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    /// <summary>Finds where the rows begin; null if the file is empty or ends within its header.</summary>
    /// <exception cref="LedgerUnusableException">The file begins with another header.</exception>
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
        $"The file '{path}' begins with '{begins.Split('\n')[0].TrimEnd('\r')}' but this node writes '{header}'. " +
        $"Move the file away, or set metric.ledger.error-column and metric.ledger.delimiter to what the file has.");
}
