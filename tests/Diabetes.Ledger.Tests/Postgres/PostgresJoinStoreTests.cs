using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Tests.Joins;
using Diabetes.Testing.Logging;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>The compliance suite on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresJoinStoreTests(PostgresFixture fixture) : JoinStoreCompliance
{
    private PostgresOptions? _options;

    protected override async Task<IJoinStore> OpenAsync()
    {
        _options ??= (await fixture.CreateAsync()).Options;
        return await PostgresJoinStore.OpenAsync(_options, TimeProvider.System, new RecordingLogger(), None);
    }

    protected override ILedgerReader Reader() => new PostgresLedgerReader(_options!);
}
