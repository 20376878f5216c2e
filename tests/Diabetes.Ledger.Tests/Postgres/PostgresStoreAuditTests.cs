using Diabetes.Domain.Joining;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Tests.Joins;
using Diabetes.Testing.Logging;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreAuditTests(PostgresFixture fixture)
{
    [Theory]
    [InlineData("UPDATE counts SET received = received + 1 WHERE side = 'y_true'", "received")]
    [InlineData("DELETE FROM ledger WHERE position = 1", "rows of the ledger: the counts say 2, and the tables have 1")]
    [InlineData("UPDATE ledger SET late = true WHERE position = 1", "rows of late joins: the counts say 0, and the tables have 1")]
    [InlineData("UPDATE ledger SET position = 9 WHERE position = 2", "the last position: the counts say 2, and the tables have 9")]
    [InlineData("DELETE FROM pending WHERE y_true IS NOT NULL AND NOT orphaned", "halves of y_true that wait: the counts say 1,")]
    [InlineData("DELETE FROM pending WHERE y_true IS NOT NULL AND orphaned", "orphans of y_true: the counts say 1,")]
    [InlineData("DELETE FROM pending WHERE y_pred IS NOT NULL AND NOT orphaned", "halves of y_pred that wait: the counts say 1,")]
    [InlineData("DELETE FROM pending WHERE y_pred IS NOT NULL AND orphaned", "orphans of y_pred: the counts say 1,")]
    [InlineData(
        "ALTER TABLE ledger DROP CONSTRAINT ledger_key_key; UPDATE ledger SET key = (SELECT key FROM ledger WHERE position = 1)",
        "rows whose key another row has: the counts say 0, and the tables have 1")]
    [InlineData(
        "UPDATE pending SET y_pred = 1 WHERE y_true IS NOT NULL AND orphaned",
        "waiting pairs with two halves or none: the counts say 0, and the tables have 1")]
    [InlineData(
        "UPDATE pending SET key = (SELECT key FROM ledger WHERE position = 1) WHERE y_true IS NOT NULL AND orphaned",
        "waiting pairs that the ledger has: the counts say 0, and the tables have 1")]
    public async Task Run_TablesChangedByHand_NamesWhatDiffers(string change, string difference)
    {
        var (name, options) = await fixture.CreateAsync();
        await using var store = await PostgresJoinStore.OpenAsync(options, TimeProvider.System, new RecordingLogger(), default);
        var join = new JoinCommit(store, ExpectedModels.Anyone, TimeProvider.System);
        await join.CommitAsync([True(1, 1), Pred(1, 2), True(2, 1), Pred(2, 2), True(3, 1), Pred(4, 1)], 0, 0, default);
        await store.OrphanAsync(TimeProvider.System.GetUtcNow().AddDays(2), TimeSpan.FromDays(1), 10, default);
        await join.CommitAsync([True(5, 1), Pred(6, 1)], 0, 0, default);
        Assert.Empty((await PostgresStoreAudit.RunAsync(options, default)).Differences);

        await fixture.Server.SqlAsync(name, $"SET search_path = diabetes; {change}");

        var differences = (await PostgresStoreAudit.RunAsync(options, default)).Differences;
        Assert.Contains(differences, found => found.Contains(difference, StringComparison.Ordinal));
    }
}
