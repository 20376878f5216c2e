using Diabetes.Domain;
using static Diabetes.Ledger.Tests.Traffic;

namespace Diabetes.Ledger.Tests;

/// <summary>All or nothing, once, and over restarts.</summary>
public abstract partial class JoinStoreCompliance
{
    private static readonly string[] OneKey = ["1.5"];

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

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.CommitAsync(OneKey, static _ => throw new InvalidDataException("mine"), None));

        Assert.Equal("mine", fault.Message);
        Assert.Equal(before, await CountAsync());
        Assert.Equal([Verdict.Join], await CommitAsync(Pred(1, 10)));
    }

    [Fact]
    public async Task Commit_DecisionThatWouldWriteARowTwice_IsRefused()
    {
        await CommitAsync(True(1, 10), Pred(1, 12));
        var before = await CountAsync();
        var again = new PairState(PairStage.Joined, "1.5", null, 10, 12, default);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.CommitAsync(OneKey, _ => new JoinDecision([new PairPut(0, again)], default, default), None));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.CommitAsync(
            ["9.5"], _ => new JoinDecision([new PairPut(0, again), new PairPut(0, again)], default, default), None));

        Assert.Equal(before, await CountAsync());
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task Commit_DecisionThatIsHalfAPair_IsRefused()
    {
        PairState[] unsound =
        [
            new(PairStage.Joined, "1.5", null, 10, null, default), new(PairStage.Pending, "1.5", null, 10, 12, default), new(PairStage.Pending, "1.5", null, null, null, default),
            new(PairStage.Pending, "", null, 10, null, default), new(PairStage.Orphaned, "1.5", null, 10, null, default), default,
        ];
        foreach (var state in unsound)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.CommitAsync(OneKey, _ => new JoinDecision([new PairPut(0, state)], default, default), None));
        }

        Assert.Equal(default, await CountAsync());
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
        var batches = Enumerable.Range(0, ids).SelectMany(id => (Half[])[True(id, id), Pred(id, 1), True(id, id)]).OrderBy(_ => random.Next()).Chunk(25);

        await Task.WhenAll(batches.Select(batch => Task.Run(() => new JoinCommit(_store, Models, Time).CommitAsync(batch, 0, 0, None))));

        var rows = await RowsAsync();
        Assert.Equal(ids, rows.Count);
        Assert.Equal(ids, rows.DistinctBy(row => row.Id).Count());
        Assert.Equal(new SideCounts(2 * ids, ids, 0, 0, ids, 0), (await CountAsync()).YTrue);
    }

    [Fact]
    public async Task Dispose_Twice_IsDone()
    {
        await CommitAsync(True(1, 10));

        await _store.DisposeAsync();
        await _store.DisposeAsync();

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(async () => await _store.CommitAsync(OneKey, static _ => new JoinDecision([], default, default), None));
    }
}
