namespace Diabetes.Streams;

/// <content>
/// Closing a file that is full. It is synced, so that it needs no redo; then it gets its new name; then one transaction says that it is closed and that another is begun.
/// After a crash in between, the file is missing and one of its length has the name that is next: the transaction is all that is left to do.
/// </content>
internal sealed partial class StoreFile
{
    private string NextSegment => CsvSegments.Path(Path, _mark.Segment + 1);

    /// <summary>Whether the file, which is missing, was renamed by a rotation that got no further.</summary>
    private bool IsRenamed
    {
        get
        {
            if (_options.Rotation is null || _mark.Length == 0 || _disk.Length(NextSegment) != _mark.Length)
            {
                return false;
            }

            var redo = _table.Redo(_options.Name).AsSpan(0, (int)(_mark.Length - _mark.Synced));
            var there = new byte[redo.Length];
            using var renamed = _disk.OpenToRead(NextSegment);
            return renamed is not null && there.AsSpan(0, renamed.Read(_mark.Synced, there)).SequenceEqual(redo);
        }
    }

    private void RotateIfFull()
    {
        if (_options.Rotation?.IsFull(_mark) != true)
        {
            return;
        }

        if (_disk.Length(NextSegment) is not null)
        {
            throw new StoreUnavailableException(
                $"'{Path}' is full and is to become '{NextSegment}', and there is such a file already. Move that one away; until then nothing is committed, and nothing is lost.");
        }

        Sync();

        // Windows renames no file that its owner has open.
        Dispose();
        _disk.Rename(Path, NextSegment);
        FinishRotation();
    }

    private void FinishRotation()
    {
        _disk.SyncFolder(ParentFolder.Of(Path));
        var closed = NextSegment;
        Begin([], _mark with { Segment = _mark.Segment + 1, Day = 0 });
        Log.LedgerRotated(_logger, Path, closed);
    }

    /// <exception cref="StoreUnusableException">There are closed segments that the store did not close.</exception>
    private void ThrowIfOlder()
    {
        if (_options.Rotation is not null && _mark.Length > 0
            && CsvSegments.Numbers(_disk, Path) is [.., var newest] && newest > _mark.Segment)
        {
            throw new StoreUnusableException(
                $"'{CsvSegments.Path(Path, newest)}' is there, and the store closed no more than {_mark.Segment} segments of the ledger. If the file is none of them, give it another name; if the store is an older copy, run `diabetes verify --repair`, which builds the index anew from all of them.");
        }
    }

    /// <summary>Day of the first row, if these are the first.</summary>
    private int Day(long rows) => _mark.HasRows || rows == 0 ? _mark.Day : _options.Rotation?.Today ?? 0;
}
