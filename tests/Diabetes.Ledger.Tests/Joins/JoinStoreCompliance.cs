using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Diabetes.Testing.Time;

namespace Diabetes.Ledger.Tests.Joins;

/// <summary>What every store must do. One class a store derives from it; the rules of joining are the domain's own.</summary>
public abstract partial class JoinStoreCompliance : IAsyncLifetime
{
    private IJoinStore _store = null!;

    protected static CancellationToken None => CancellationToken.None;

    private protected VirtualTime Time { get; } = new();

    private protected ExpectedModels Models { get; set; } = ExpectedModels.Anyone;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    /// <summary>Opens the test's own store, for the first time or again.</summary>
    protected abstract Task<IJoinStore> OpenAsync();

    /// <summary>Reads its ledger.</summary>
    protected abstract ILedgerReader Reader();

    private protected async Task<StoreCounts> CountAsync()
    {
        var counts = await _store.CountAsync(None);
        Assert.Null(counts.Mismatch);
        return counts;
    }

    private protected async Task<Verdict[]> CommitAsync(params PairHalf[] halves)
    {
        var outcome = await new JoinCommit(_store, Models, Time).CommitAsync(halves, 0, 0, None);
        await CountAsync();
        return [.. outcome.Verdicts];
    }

    private protected async Task<IReadOnlyList<LedgerRow>> RowsAsync()
    {
        var (rows, reader, position) = (new List<LedgerRow>(), Reader(), 0L);
        for (LedgerPage page; (page = await reader.ReadFromAsync(position, 1000, None)).Rows.Count > 0; position = page.Next)
        {
            Assert.Equal(0, page.Unreadable);
            rows.AddRange(page.Rows);
        }

        Assert.Equal((await CountAsync()).Rows, rows.Count);
        return rows;
    }

    private async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = await OpenAsync();
    }

    private Task<IReadOnlyList<Orphan>> OrphanAsync(TimeSpan after, int limit = 1000) =>
        _store.OrphanAsync(Time.GetUtcNow(), after, limit, None).AsTask();

    private static LedgerRow Row(string id, double yTrue, double yPred) => new(id, yTrue, yPred, Math.Abs(yTrue - yPred));
}
