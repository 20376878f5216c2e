using Diabetes.Ledger.Disk;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Csv;

/// <summary>Finds the last whole row of a file, and cuts off what is behind it.</summary>
internal static class CsvEnd
{
    private const int Chunk = 256 * 1024;

    /// <summary>Names the file that keeps what was cut off this one.</summary>
    public static string TornOf(string path) => path + ".torn";

    /// <summary>Finds the end of the last whole record behind <paramref name="from"/>, and counts the rows up to it.</summary>
    public static CsvTail Find(IDiskFile file, long from, byte delimiter)
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

    /// <summary>Cuts off what is behind the last whole record, and logs its bytes.</summary>
    public static void Cut(IDiskFile file, long length, string path, IDisk disk, ILogger logger)
    {
        var torn = new byte[file.Length - length];
        torn = torn[..file.Read(length, torn)];
        Log.TornRow(logger, path, torn.Length, Convert.ToHexString(torn.AsSpan(0, Math.Min(torn.Length, 200))));

        // One incomplete row contains a line end only if its id does. Several lines mean a quote that is never closed: the rows may be
        // good, so they are kept.
        if (torn.Contains((byte)'\n'))
        {
            using var kept = disk.Open(TornOf(path));
            kept.Write(kept.Length, torn);
            kept.Sync();
            Log.TornRowsKept(logger, path, TornOf(path));
        }

        file.Truncate(length);
    }
}

/// <summary>Tells where the whole rows of a file end.</summary>
/// <param name="Length">Bytes from the start of the file to the end of the last whole row.</param>
/// <param name="Rows">Rows, without the header.</param>
internal readonly record struct CsvTail(long Length, long Rows);
