using System.Text;
using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>
/// Makes a file ready to be appended to: a new one gets its header, one that is there must have this very header, and a torn last row goes.
/// </summary>
internal static class CsvLedgerStart
{
    private const int Chunk = 256 * 1024;
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    public static CsvTail Prepare(IDiskFile file, IDisk disk, CsvLedgerOptions options, ILogger logger)
    {
        var header = Encoding.UTF8.GetBytes(options.Header + "\n");
        var head = new byte[Math.Min(file.Length, 4096)];
        head = head[..file.Read(0, head)];
        var bom = head.AsSpan().StartsWith(Bom) ? Bom.Length : 0;
        var start = head.AsSpan(bom);
        if (header.AsSpan().StartsWith(start) && start.Length < header.Length)
        {
            return Begin(file, disk, options, header, logger);
        }

        var end = CsvRecord.End(start, (byte)options.Delimiter);
        if (end < 0 || !IsHeader(CsvRecord.Trim(start[..end]), options))
        {
            throw Foreign(options, Encoding.UTF8.GetString(start[..Math.Min(start.Length, 200)]));
        }

        var tail = Scan(file, bom + end, (byte)options.Delimiter);
        if (tail.Length < file.Length)
        {
            Cut(file, tail.Length, disk, options, logger);
        }

        // A process that died may have left whole rows in the system's memory only; from here on they count.
        file.Sync();
        Log.LedgerOpened(logger, options.Path, tail.Rows);
        return tail;
    }

    private static CsvTail Begin(IDiskFile file, IDisk disk, CsvLedgerOptions options, byte[] header, ILogger logger)
    {
        file.Truncate(0);
        file.Write(0, header);
        file.Sync();
        disk.SyncFolder(CsvLedger.Folder(options.Path));
        Log.LedgerBegun(logger, options.Path);
        return new CsvTail(header.Length, 0);
    }

    private static bool IsHeader(ReadOnlySpan<byte> record, CsvLedgerOptions options)
    {
        var expected = options.Header.Split(options.Delimiter);
        Span<Range> fields = stackalloc Range[expected.Length];
        if (CsvRecord.Split(record, (byte)options.Delimiter, fields) != expected.Length)
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

    private static LedgerUnusableException Foreign(CsvLedgerOptions options, string begins) => new(
        $"The file '{options.Path}' begins with '{begins.Split('\n')[0].TrimEnd('\r')}' where this node's ledger has '{options.Header}'. Move the file away, or set metric.ledger.error-column and metric.ledger.delimiter to what is in it.");

    private static CsvTail Scan(IDiskFile file, long from, byte delimiter)
    {
        var buffer = new byte[Chunk];
        var (whole, rows, kept) = (from, 0L, 0);
        while (file.Read(whole + kept, buffer.AsSpan(kept)) is > 0 and var read)
        {
            var bytes = buffer.AsSpan(0, kept + read);
            while (CsvRecord.End(bytes, delimiter) is > 0 and var end)
            {
                rows += CsvRecord.Trim(bytes[..end]).IsEmpty ? 0 : 1;
                whole += end;
                bytes = bytes[end..];
            }

            kept = bytes.Length;
            bytes.CopyTo(buffer);
            if (kept == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return new CsvTail(whole, rows);
    }

    private static void Cut(IDiskFile file, long length, IDisk disk, CsvLedgerOptions options, ILogger logger)
    {
        var torn = new byte[file.Length - length];
        torn = torn[..file.Read(length, torn)];
        Log.TornRow(logger, options.Path, torn.Length, Convert.ToHexString(torn.AsSpan(0, Math.Min(torn.Length, 200))));

        // One torn row has no line end, unless its id has. More than one means a quote that somebody never closed: those rows may be good.
        if (torn.Contains((byte)'\n'))
        {
            using var kept = disk.Open(options.Path + ".torn");
            kept.Write(kept.Length, torn);
            kept.Sync();
            Log.TornRowsKept(logger, options.Path, options.Path + ".torn");
        }

        file.Truncate(length);
    }
}
