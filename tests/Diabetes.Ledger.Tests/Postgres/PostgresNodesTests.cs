using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Tests.Joins;
using Diabetes.Testing.Logging;
using Microsoft.Extensions.Logging;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>Several nodes on one store, and a server that comes and goes.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresNodesTests(PostgresFixture fixture)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(2);
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task Commit_FourNodesOnTheSameIds_WriteEachRowOnceAndInOneOrder()
    {
        const int nodes = 4, ids = 400;
        var (_, options) = await fixture.CreateAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => OpenAsync(options)));
        using var done = new CancellationTokenSource(SafetyNet);
        var follower = FollowAsync(options, ids, done.Token);

        // Each node gets each half, in an order of its own: no pair that is not raced for.
        await Task.WhenAll(stores.Select((store, node) => Task.Run(async () =>
        {
            var random = new Random(node);
            var halves = Enumerable.Range(0, ids).SelectMany(id => (PairHalf[])[True(id, id), Pred(id, 1)]).OrderBy(_ => random.Next());
            foreach (var batch in halves.Chunk(50))
            {
                await On(store).CommitAsync(batch, 0, 0, CancellationToken.None);
            }
        }))).WaitAsync(SafetyNet);

        var counts = await stores[0].CountAsync(default);
        Assert.Equal(new StoreCounts(new(nodes * ids, ids, 0, 0, (nodes - 1) * ids, 0), new(nodes * ids, ids, 0, 0, (nodes - 1) * ids, 0),
            ids, 0), counts);
        var rows = await RowsAsync(options);
        Assert.Equal(ids, rows.DistinctBy(row => row.Id).Count());
        Assert.Equal(rows, await follower);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Orphan_FourNodesAtOnce_GiveUpEachHalfOnce()
    {
        var (_, options) = await fixture.CreateAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(options)));
        await On(stores[0]).CommitAsync([.. Enumerable.Range(0, 100).Select(id => True(id, id))], 0, 0, default);

        var orphans = await Task.WhenAll(stores.Select(store =>
            store.OrphanAsync(TimeProvider.System.GetUtcNow().AddDays(2), TimeSpan.FromDays(1), 40, default).AsTask()));

        Assert.Equal([0, 20, 40, 40], orphans.Select(some => some.Count).Order());
        Assert.Equal(100, orphans.SelectMany(some => some).DistinctBy(orphan => orphan.Id).Count());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_EightNodesAtOnce_MakeTheTablesOnce()
    {
        var (name, options) = await fixture.CreateAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(options)));

        Assert.Equal("1|2", await fixture.Server.SqlAsync(name, "SELECT (SELECT count(*) FROM diabetes.state), " +
            "(SELECT count(*) FROM diabetes.counts)"));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Commit_ServerGone_SaysSoAndGoesOnWhenItIsBack()
    {
        var (_, options) = await fixture.CreateAsync();
        await using var store = await OpenAsync(options);
        await On(store).CommitAsync([True(1, 1)], 0, 0, default);
        await fixture.Server.StopAsync();
        try
        {
            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => On(store).CommitAsync([Pred(1, 2)], 0, 0, default));
            Assert.Contains("nothing is lost", fault.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("127.0.0.1", fault.Message);
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CountAsync(default));
        }
        finally
        {
            await fixture.Server.StartAsync();
        }

        Assert.Equal([Verdict.Join], await InsistAsync(store, Pred(1, 2)));
        Assert.Null((await store.CountAsync(default)).Mismatch);
        Assert.Single(await RowsAsync(options));
    }

    [Fact]
    public async Task Open_ServerNotThereYet_WaitsForIt()
    {
        var (_, options) = await fixture.CreateAsync();
        await fixture.Server.StopAsync();
        var opening = PostgresJoinStore.OpenAsync(options, TimeProvider.System, _log, default);
        await _log.WaitForAsync(9041, 3);
        Assert.False(opening.IsCompleted);

        await fixture.Server.StartAsync();

        await (await opening.WaitAsync(SafetyNet)).DisposeAsync();
        var said = _log.Entries.Where(entry => entry.Id == 9041).ToArray();
        Assert.Equal(said.DistinctBy(entry => entry.Text).Count(), said.Count(entry => entry.Level == LogLevel.Warning));
    }

    [Fact]
    public async Task Commit_ServerKilledAgainAndAgain_LosesNothingAndDoublesNothing()
    {
        const int ids = 3_000;
        var (_, options) = await fixture.CreateAsync();
        await using var store = await OpenAsync(options);
        var random = new Random(17);
        var halves = Enumerable.Range(0, ids).SelectMany(id => (PairHalf[])[True(id, id), Pred(id, 1)]).OrderBy(_ => random.Next())
            .Chunk(60).ToArray();
        var half = new TaskCompletionSource();
        var working = Task.Run(async () =>
        {
            foreach (var (place, batch) in halves.Index())
            {
                await InsistAsync(store, batch);
                if (place == halves.Length / 10)
                {
                    half.SetResult();
                }
            }
        });
        await half.Task.WaitAsync(SafetyNet);
        for (var kill = 0; kill < 3; kill++)
        {
            await fixture.Server.KillAsync();
            await fixture.Server.StartAsync();
        }

        await working.WaitAsync(SafetyNet);

        // Not even a duplicate: whether a commit in doubt went through was found out.
        Assert.Equal(new StoreCounts(new(ids, ids, 0, 0, 0, 0), new(ids, ids, 0, 0, 0, 0), ids, 0), await store.CountAsync(default));
        Assert.Equal(ids, (await RowsAsync(options)).DistinctBy(row => row.Id).Count());
    }

    [Theory]
    [InlineData(CommitCuttingProxy.Cut.BeforeTheServerHears)]
    [InlineData(CommitCuttingProxy.Cut.BeforeTheStoreHears)]
    public async Task Commit_ConnectionBreaksMeanwhile_FindsOutWhetherItWentThrough(object how)
    {
        var (_, options) = await fixture.CreateAsync();
        await using var proxy = new CommitCuttingProxy(options.Uri.Port);
        await using var store = await OpenAsync(options with { Uri = new UriBuilder(options.Uri) { Port = proxy.Port }.Uri });
        proxy.CutNextCommit((CommitCuttingProxy.Cut)how);

        if (how is CommitCuttingProxy.Cut.BeforeTheStoreHears)
        {
            Assert.Equal([Verdict.Hold, Verdict.Join], (await On(store).CommitAsync([True(1, 1), Pred(1, 2)], 0, 0, default)).Verdicts);
        }
        else
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => On(store).CommitAsync([True(1, 1), Pred(1, 2)], 0, 0, default));
            Assert.Equal(default, await store.CountAsync(default));
            Assert.Equal([Verdict.Hold, Verdict.Join], (await On(store).CommitAsync([True(1, 1), Pred(1, 2)], 0, 0, default)).Verdicts);
        }

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(1, _log.Count(9042));
        Assert.Equal(new StoreCounts(new(1, 1, 0, 0, 0, 0), new(1, 1, 0, 0, 0, 0), 1, 0), await store.CountAsync(default));
    }

    private static JoinCommit On(IJoinStore store) => new(store, ExpectedModels.Anyone, TimeProvider.System);

    private static async Task<Verdict[]> InsistAsync(PostgresJoinStore store, params PairHalf[] batch)
    {
        while (true)
        {
            try
            {
                return [.. (await On(store).CommitAsync(batch, 0, 0, default)).Verdicts];
            }
            catch (StoreUnavailableException)
            {
                // The server is on its way.
            }
        }
    }

    private static async Task<List<LedgerRow>> RowsAsync(PostgresOptions options)
    {
        await using var reader = new PostgresLedgerReader(options);
        return [.. (await reader.ReadFromAsync(0, 100_000, default)).Rows];
    }

    /// <summary>Reads page after page, while the rows are being written, until it has seen <paramref name="count"/> of them.</summary>
    private static async Task<List<LedgerRow>> FollowAsync(PostgresOptions options, int count, CancellationToken cancellationToken)
    {
        await using var reader = new PostgresLedgerReader(options);
        var (rows, position) = (new List<LedgerRow>(), 0L);
        while (rows.Count < count)
        {
            var page = await reader.ReadFromAsync(position, 7, cancellationToken);
            position = page.Next;
            rows.AddRange(page.Rows);
        }

        return rows;
    }

    private Task<PostgresJoinStore> OpenAsync(PostgresOptions options) =>
        PostgresJoinStore.OpenAsync(options, TimeProvider.System, _log, default).WaitAsync(SafetyNet);
}
