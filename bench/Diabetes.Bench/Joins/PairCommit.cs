using Diabetes.Domain.Joining;

namespace Diabetes.Bench.Joins;

/// <summary>
/// Commits pairs into ledger and index, and compares that with a raw sequential writer: the same rows as bytes, formatted beforehand,
/// with an fsync for each batch.
/// </summary>
internal sealed class PairCommit : IAsyncDisposable
{
    private readonly StoreFolder _store = new();
    private readonly Queue<PairHalf[]> _batches;
    private readonly byte[] _lines;
    private readonly FileStream _raw;

    /// <param name="pairs">Pairs a commit.</param>
    /// <param name="commits">Commits that <see cref="Ours"/> has batches for.</param>
    public PairCommit(int pairs, int commits)
    {
        _store.Commit(StoreFolder.Pairs(_store.Ids(pairs)));
        _lines = [.. File.ReadAllBytes(_store.Ledger).SkipWhile(static value => value != '\n').Skip(1)];
        _raw = new FileStream(_store.File("raw.csv"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _batches = new(Enumerable.Range(0, commits).Select(_ => StoreFolder.Pairs(_store.Ids(pairs))));
    }

    public void Raw()
    {
        _raw.Write(_lines);
        _raw.Flush(flushToDisk: true);
    }

    public void Ours() => _store.Commit(_batches.Dequeue());

    public async ValueTask DisposeAsync()
    {
        await _raw.DisposeAsync();
        await _store.DisposeAsync();
    }
}
