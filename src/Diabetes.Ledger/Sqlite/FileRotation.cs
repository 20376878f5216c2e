using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Closes a file that is full. It is synced; one transaction marks it as closing and clears its redo; it is renamed to the next segment; a
/// second transaction counts the segment and begins the next file. If the file is missing after the first transaction, it was renamed, even
/// if an archiver has already moved the segment away.
/// </summary>
internal sealed class FileRotation(StoreFile file, LedgerRotation? rotation, IDisk disk, ILogger logger)
{
    private string NextSegment => CsvSegments.Path(file.Path, file.Mark.Segment + 1);

    /// <summary>Closes the file if it is full, or if an earlier try stopped before the rename.</summary>
    /// <exception cref="StoreUnavailableException">There is a file already where the segment goes.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void RotateIfFull()
    {
        if (!file.Mark.Closing && rotation?.IsFull(file.Mark) != true)
        {
            return;
        }

        if (disk.Length(NextSegment) is not null)
        {
            throw new StoreUnavailableException(
                $"'{file.Path}' is full and must be renamed to '{NextSegment}', but that file exists. Move it away; " +
                $"until then nothing is committed, and nothing is lost.");
        }

        file.Sync();
        if (!file.Mark.Closing)
        {
            file.MarkClosing();
        }

        // Windows renames no file that its owner has open.
        file.Dispose();
        disk.Rename(file.Path, NextSegment);
        Finish();
    }

    /// <summary>Finishes a rotation that stopped after the rename.</summary>
    /// <returns>True if there was one.</returns>
    public bool FinishIfRenamed()
    {
        var isRenamed = file.Mark.Closing && file.Length == 0;
        if (isRenamed)
        {
            Finish();
        }

        return isRenamed;
    }

    /// <exception cref="StoreUnusableException">There are closed segments that the store did not close.</exception>
    public void ThrowIfStoreIsOlder()
    {
        if (rotation is not null && file.Mark.Length > 0
            && CsvSegments.Numbers(disk, file.Path) is [.., var newest] && newest > file.Mark.Segment)
        {
            throw new StoreUnusableException(
                $"Found '{CsvSegments.Path(file.Path, newest)}', but the store has closed only {file.Mark.Segment} segments of the " +
                $"ledger. If that file is not a segment, rename it. If the store is an older copy, run `diabetes verify --repair`: " +
                $"it builds the index anew from all segments.");
        }
    }

    /// <summary>Returns the UTC day of the file's first row, after <paramref name="rows"/> rows are added.</summary>
    public int Day(in FileMark mark, long rows) => mark.HasRows || rows == 0 ? mark.Day : rotation?.Today ?? 0;

    private void Finish()
    {
        disk.SyncFolder(ParentFolder.Of(file.Path));
        var closed = NextSegment;
        file.Begin([], file.Mark with { Segment = file.Mark.Segment + 1, Day = 0, Closing = false });
        Log.LedgerRotated(logger, file.Path, closed);
    }
}
