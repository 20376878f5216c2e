using Diabetes.Domain.Joining;
using Diabetes.Ledger;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Runs the production store beside the simulated one. It gets the same commits, and after each commit and at the end it must have the same
/// contents. It is reopened in each life of the node, and rotates its ledger after some rows.
/// </summary>
internal sealed class StoreTwin : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"twin-{Guid.NewGuid():N}")).FullName;

    private readonly ExpectedModels _models;
    private SqliteJoinStore _store;

    public StoreTwin(Scenario scenario)
    {
        _models = ExpectedModels.Of(scenario.Models);
        _store = Open();
    }

    private CsvLedgerOptions Ledger => new(Path.Combine(_folder, "metric_log.csv"));

    /// <summary>Reopens the store for a new process.</summary>
    public void Reopen()
    {
        _store.DisposeAsync().AsTask().Wait();
        _store = Open();
    }

    /// <returns>How its outcome differs; null if it does not.</returns>
    public string? Commit(JoinBatch batch, DateTimeOffset now, JoinOutcome expected)
    {
        var (found, due) = (Describe(_store.CommitAsync(batch, now, default).AsTask().Result), Describe(expected));
        return found == due ? null : $"SQLite comes to {found} and should come to {due}.";
    }

    /// <returns>How its orphans differ; null if they do not.</returns>
    public string? Orphan(DateTimeOffset now, TimeSpan after, int limit, IReadOnlyCollection<Orphan> expected)
    {
        var given = _store.OrphanAsync(now, after, limit, default).AsTask().Result;
        return given.ToHashSet().SetEquals(expected)
            ? null
            : $"SQLite gave up [{string.Join(", ", given)}] and should have given up [{string.Join(", ", expected)}].";
    }

    /// <returns>How its contents differ; null if they do not.</returns>
    public string? Difference(StoreContents contents)
    {
        var (counts, expected) = (_store.CountAsync(default).AsTask().Result, contents.Counts);
        if (counts != expected)
        {
            return $"SQLite counts {counts} and should count {expected}.";
        }

        Reopen();
        LedgerRow[] rows = [.. new CsvLedgerReader(Ledger.Path).ReadFromAsync(0, int.MaxValue, default).AsTask().Result.Rows];
        return rows.SequenceEqual(contents.Rows.Select(row => row.Row))
            ? null
            : $"The ledger has [{string.Join(", ", rows)}] and should have [{string.Join(", ", contents.Rows.Select(row => row.Row))}].";
    }

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().Wait();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteJoinStore Open() => SqliteJoinStore.Open(
        new SqliteJoinStoreOptions(Path.Combine(_folder, "metric.db"), Ledger)
        {
            Models = _models,
            Rotation = new LedgerRotation(400, false, TimeProvider.System),
        },
        LocalDisk.Instance,
        NullLogger.Instance);

    // Everything that a batch changes, including the spelling of each id, which equality ignores.
    private static string Describe(JoinOutcome outcome) =>
        $"[{string.Join(", ", outcome.Verdicts)}], "
        + $"[{string.Join(", ", outcome.Changes.Select(change => $"{change.Key} {change.After}"))}], "
        + $"y_true {outcome.YTrue}, y_pred {outcome.YPred}";
}
