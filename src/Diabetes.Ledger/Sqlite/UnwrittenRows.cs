using System.Text;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Appends the redo of a store to a file that does not agree with the store, row by row: only rows that no file has.</summary>
internal sealed class UnwrittenRows(string path, string header, char delimiter, IDisk disk, ILogger logger)
{
    private const int Chunk = 256 * 1024;

    /// <summary>Appends what is missing.</summary>
    /// <param name="redo">The redo of the file.</param>
    /// <param name="closed">Closed segments of the file, which may have some of the rows.</param>
    /// <returns>Rows that were appended.</returns>
    /// <exception cref="LedgerUnusableException">The file begins with another header.</exception>
    public long Append(byte[] redo, IEnumerable<string> closed)
    {
        var rows = new List<string>();
        Split(redo, rows.Add);
        var missing = rows.Where(row => row != header).ToHashSet(StringComparer.Ordinal);
        foreach (var file in closed.Append(path).TakeWhile(_ => missing.Count > 0))
        {
            ReadRows(file, row => missing.Remove(row));
        }

        if (missing.Count > 0)
        {
            Append(Encoding.Latin1.GetBytes(string.Concat(rows.Where(missing.Contains).Select(static row => row + "\n"))));
        }

        return missing.Count;
    }

    private void Append(byte[] rows)
    {
        using var file = disk.Open(path);
        if (CsvHeader.End(file, path, header, delimiter) is not { } start)
        {
            file.Write(0, [.. Encoding.UTF8.GetBytes(header + "\n"), .. rows]);
        }
        else
        {
            var end = CsvEnd.Find(file, start, (byte)delimiter).Length;
            if (end < file.Length)
            {
                CsvEnd.Cut(file, end, path, disk, logger);
            }

            file.Write(end, rows);
        }

        file.Sync();
        disk.SyncFolder(ParentFolder.Of(path));
    }

    private void ReadRows(string name, Action<string> row)
    {
        using var file = disk.OpenToRead(name);
        var buffer = new byte[Chunk];
        for (var position = 0L; file?.Read(position, buffer) is > 0 and var read;)
        {
            var taken = Split(buffer.AsSpan(0, read), row);
            if (taken == 0 && read < buffer.Length)
            {
                return;
            }

            if (taken == 0)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            position += taken;
        }
    }

    /// <summary>Splits bytes into rows, as Latin-1, which keeps every byte.</summary>
    private int Split(ReadOnlySpan<byte> bytes, Action<string> row)
    {
        var taken = 0;
        while (CsvRecord.End(bytes[taken..], (byte)delimiter) is > 0 and var end)
        {
            row(Encoding.Latin1.GetString(CsvRecord.Trim(bytes.Slice(taken, end))));
            taken += end;
        }

        return taken;
    }
}
