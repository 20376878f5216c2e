using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Makes a file agree with the database at a start, whatever a crash, an archiver or an editor left of it.</summary>
internal sealed class FileRecovery(StoreFile file, StoreFileOptions options, RedoLog redo, FileRotation rotation, IDisk disk,
    ILogger logger)
{
    /// <summary>
    /// Writes the part of the redo that the file lacks, cuts off a torn last row, and syncs. Returns where the file ends. That is behind
    /// the committed rows if another program appended some, or if the store is an older copy.
    /// </summary>
    /// <exception cref="LedgerUnusableException">It begins with another header.</exception>
    /// <exception cref="StoreUnusableException">
    /// It is shorter than what was synced, or has other rows where the redo has its own.
    /// </exception>
    public CsvTail Run()
    {
        rotation.FinishIfRenamed();
        rotation.ThrowIfStoreIsOlder();
        WriteWhatIsMissing();
        var tail = CsvEnd.Find(file.Opened, file.Mark.Length, (byte)options.Delimiter);
        if (tail.Length < file.Opened.Length)
        {
            CsvEnd.Cut(file.Opened, tail.Length, file.Path, disk, logger);
        }

        file.Opened.Sync();
        return tail;
    }

    private void WriteWhatIsMissing()
    {
        var (length, mark) = (file.Length, file.Mark);
        var rows = length == 0 ? null : CsvHeader.End(file.Opened, file.Path, options.Header, options.Delimiter);
        if (rows is { } start && mark.Length == 0)
        {
            file.BeginBehindHeader(start);
        }
        else if (rows is not null || (mark.Synced == 0 && mark.Length > 0))
        {
            ThrowUnlessOurs(length, mark);
            file.Rewrite();
        }
        else if (length == 0 || mark.Length == 0)
        {
            file.BeginAnew(redo.Read());
        }
        else
        {
            throw file.AtOdds($"has {length} bytes, all within its header, where {mark.Synced} were committed");
        }
    }

    private void ThrowUnlessOurs(long length, in FileMark mark)
    {
        if (length < mark.Synced)
        {
            throw file.AtOdds($"has {length} bytes where {mark.Synced} were committed");
        }

        Span<byte> end = stackalloc byte[1];
        if (mark.Synced > 0 && (file.Read(mark.Synced - 1, end) != 1 || end[0] != '\n'))
        {
            throw file.AtOdds($"has no line end at byte {mark.Synced}, where a committed row ends");
        }

        var expected = redo.Read();
        var found = new byte[expected.Length];
        if (length > mark.Length && !found.AsSpan(0, file.Read(mark.Synced, found)).SequenceEqual(expected))
        {
            throw file.AtOdds($"has other rows from byte {mark.Synced} on than were committed");
        }
    }
}
