namespace Diabetes.Ledger;

/// <content>
/// Closing a file that is full. It is synced; then one transaction forgets its redo and gives it the number that is next; then it gets its new name; then another transaction says
/// that it is closed and that the next is begun. From the first transaction on a file that is missing was renamed, whoever has taken it away since.
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
                $"'{Path}' is full and is to become '{NextSegment}', and there is such a file already. Move that one away; until then nothing is committed, and nothing is lost.");
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
                $"'{CsvSegments.Path(Path, newest)}' is there, and the store closed no more than {_mark.Segment} segments of the ledger. If the file is none of them, give it another name; if the store is an older copy, run `diabetes verify --repair`, which builds the index anew from all of them.");
        }
    }

    /// <summary>Day of the first row, if these are the first.</summary>
    private int Day(long rows) => _mark.HasRows || rows == 0 ? _mark.Day : _options.Rotation?.Today ?? 0;
}
