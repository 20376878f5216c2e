using System.Text;
using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Joins;
using Diabetes.Testing.Logging;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>
/// A folder of a test's own for a SQLite store and its files; in memory where the machine has such a place, because a sync costs nothing
/// there.
/// </summary>
internal sealed class SqliteFolder : IDisposable
{
    public const string Header = "id,y_true,y_pred,absolute_error\n";

    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"store-{Guid.NewGuid():N}")).FullName;

    public RecordingLogger Log { get; } = new();

    public ExpectedModels Models { get; set; } = ExpectedModels.Anyone;

    public string Database => In("metric.db");

    public string Ledger => In("metric_log.csv");

    public SqliteJoinStoreOptions Options => new(Database, new CsvLedgerOptions(Ledger)) { Models = Models };

    public string In(string name) => Path.Combine(_folder, name);

    public string Text(string name) => Encoding.UTF8.GetString(File.ReadAllBytes(In(name)));

    public SqliteJoinStore Open() => SqliteJoinStore.Open(Options, LocalDisk.Instance, Log);

    public JoinCommit On(IJoinStore store) => new(store, Models, TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
