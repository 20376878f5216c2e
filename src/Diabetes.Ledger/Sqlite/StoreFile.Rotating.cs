using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <content>
/// Closes a file that is full: syncs it, marks it as closing and forgets its redo in one transaction, renames it to the next segment, and marks it as closed in another transaction,
/// which also begins the next file. If the file is missing after the first transaction, it was renamed, even if the segment is not there any more.
/// </content>
internal sealed partial class StoreFile
{
    private string NextSegment => CsvSegments.Path(Path, _mark.Segment + 1);

    private void RotateIfFull()
    {
        if (!_mark.Closing && _options.Rotation?.IsFull(_mark) != true)
        {
            return;
        }

        if (_disk.Length(NextSegment) is not null)
        {
            throw new StoreUnavailableException(
                $"'{Path}' is full and must be renamed to '{NextSegment}', but that file exists. Move it away; until then nothing is committed, and nothing is lost.");
        }

        Sync();
        if (!_mark.Closing)
        {
            var closing = _mark with { Closing = true };
            _database.Transact(() =>
            {
                _table.ForgetRedo(_options.Name);
                _table.Write(_options.Name, closing);
            });
            _mark = _staged = closing;
        }

        // Windows renames no file that its owner has open.
        Dispose();
        _disk.Rename(Path, NextSegment);
        FinishRotation();
    }

    private void FinishRotation()
    {
        _disk.SyncFolder(ParentFolder.Of(Path));
        var closed = NextSegment;
        Begin([], _mark with { Segment = _mark.Segment + 1, Day = 0, Closing = false });
        Log.LedgerRotated(_logger, Path, closed);
    }

    /// <exception cref="StoreUnusableException">There are closed segments that the store did not close.</exception>
    private void ThrowIfOlder()
    {
        if (_options.Rotation is not null && _mark.Length > 0
            && CsvSegments.Numbers(_disk, Path) is [.., var newest] && newest > _mark.Segment)
        {
            throw new StoreUnusableException(
                $"Found '{CsvSegments.Path(Path, newest)}', but the store has closed only {_mark.Segment} segments of the ledger. If that file is not a segment, rename it. If the store is an older copy, run `diabetes verify --repair`: it builds the index anew from all segments.");
        }
    }

    /// <summary>Day of the first row, if these are the first.</summary>
    private int Day(long rows) => _mark.HasRows || rows == 0 ? _mark.Day : _options.Rotation?.Today ?? 0;
}
