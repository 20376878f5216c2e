using System.Text;
using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>
/// Makes a file ready to be appended to: a new one gets its header, one that is there must have this very header, and a torn last row goes.
/// </summary>
internal static class CsvLedgerStart
{
    public static CsvTail Prepare(IDiskFile file, IDisk disk, CsvLedgerOptions options, ILogger logger)
    {
        if (CsvHeader.End(file, options.Path, options.Header, options.Delimiter) is not { } start)
        {
            return Begin(file, disk, options, logger);
        }

        var tail = CsvEnd.Find(file, start, (byte)options.Delimiter);
        if (tail.Length < file.Length)
        {
            CsvEnd.Cut(file, tail.Length, options.Path, disk, logger);
        }

        // A process that died may have left whole rows in the system's memory only; from here on they count.
        file.Sync();
        Log.LedgerOpened(logger, options.Path, tail.Rows);
        return tail;
    }

    private static CsvTail Begin(IDiskFile file, IDisk disk, CsvLedgerOptions options, ILogger logger)
    {
        var header = Encoding.UTF8.GetBytes(options.Header + "\n");
        file.Truncate(0);
        file.Write(0, header);
        file.Sync();
        disk.SyncFolder(CsvLedger.Folder(options.Path));
        Log.LedgerBegun(logger, options.Path);
        return new CsvTail(header.Length, 0);
    }
}
