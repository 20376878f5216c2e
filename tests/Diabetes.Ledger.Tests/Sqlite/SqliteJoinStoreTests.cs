using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Tests.Joins;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>The compliance suite on SQLite.</summary>
public sealed class SqliteJoinStoreTests : JoinStoreCompliance, IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IJoinStore> OpenAsync() => Task.FromResult<IJoinStore>(_folder.Open());

    protected override ILedgerReader Reader() => new CsvLedgerReader(_folder.Ledger);
}
