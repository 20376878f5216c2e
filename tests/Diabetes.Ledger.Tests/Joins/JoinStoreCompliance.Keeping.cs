using Diabetes.Domain.Joining;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Joins;

/// <summary>All or nothing, once, and over restarts.</summary>
public abstract partial class JoinStoreCompliance
{
    [Fact]
    public async Task Open_Again_HasTheSameCounts()
    {
        await CommitAsync(True(1, 1), Pred(1, 2), True(2, 3), True(2, 4), Pred(3, 1), Pred(3, 1));
        var before = await CountAsync();

        await ReopenAsync();

        Assert.Equal(before, await CountAsync());
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task Commit_DecisionThrows_KeepsNothing()
    {
        await CommitAsync(True(1, 10));
        var before = await CountAsync();
        var halves = new List<PairHalf> { Pred(1, 12), True(2, 10) };
        var batch = new JoinBatch(halves, Models);
        halves.RemoveAt(1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _store.CommitAsync(batch, Time.GetUtcNow(), None));

        Assert.Equal(before, await CountAsync());
        Assert.Equal([Verdict.Join], await CommitAsync(Pred(1, 10)));
    }

    [Fact]
    public async Task Commit_Cancelled_KeepsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await new JoinCommit(_store, Models, Time).CommitAsync([True(1, 10)], 0, 0, new CancellationToken(canceled: true)));

        Assert.Equal(default, await CountAsync());
    }

    [Fact]
    public async Task Commit_FromManyAtOnce_JoinsEachIdOnce()
    {
        const int ids = 300;
        var random = new Random(5);
        var batches = Enumerable.Range(0, ids).SelectMany(id => (PairHalf[])[True(id, id), Pred(id, 1), True(id, id)])
            .OrderBy(_ => random.Next()).Chunk(25);

        await Task.WhenAll(batches.Select(batch => Task.Run(() => new JoinCommit(_store, Models, Time).CommitAsync(batch, 0, 0, None))));

        var rows = await RowsAsync();
        Assert.Equal(ids, rows.Count);
        Assert.Equal(ids, rows.DistinctBy(row => row.Id).Count());
        Assert.Equal(new SideTally(2 * ids, ids, 0, 0, ids, 0), (await CountAsync()).YTrue);
    }

    [Fact]
    public async Task Dispose_Twice_IsDone()
    {
        await CommitAsync(True(1, 10));

        await _store.DisposeAsync();
        await _store.DisposeAsync();

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(async () =>
            await _store.CommitAsync(new JoinBatch([], Models), Time.GetUtcNow(), None));
    }
}
