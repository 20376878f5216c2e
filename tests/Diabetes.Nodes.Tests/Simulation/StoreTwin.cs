using Diabetes.Domain;
using Diabetes.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// The store of production beside the simulated one: it is given the same commits, must know the same at each, and must have the same in the end. It comes up
/// again with each life of the node, and closes its ledger whenever that has some rows.
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

    /// <summary>The process is another one.</summary>
    public void Reopen()
    {
        _store.DisposeAsync().AsTask().Wait();
        _store = Open();
    }

    /// <returns>What it knew otherwise; null if it was the same.</returns>
    public string? Commit(IReadOnlyList<string> keys, PairState[] known, JoinDecision decision)
    {
        string? fault = null;
        _store.CommitAsync(
            keys,
            found =>
            {
                for (var i = 0; i < known.Length && fault is null; i++)
                {
                    fault = Same(known[i], found[i]) ? null : $"SQLite knows {found[i]} of {keys[i]}, which is {known[i]}.";
                }

                return decision;
            },
            default).AsTask().Wait();
        return fault;
    }

    /// <returns>What it gave up otherwise; null if it was the same.</returns>
    public string? Orphan(DateTimeOffset now, TimeSpan after, int limit, IReadOnlyCollection<Orphan> expected)
    {
        var given = _store.OrphanAsync(now, after, limit, default).AsTask().Result;
        return given.ToHashSet().SetEquals(expected) ? null : $"SQLite gave up [{string.Join(", ", given)}] and should have given up [{string.Join(", ", expected)}].";
    }

    /// <returns>In what it differs from the other; null if it does not.</returns>
    public string? Difference(StoreContents contents)
    {
        var (counts, expected) = (_store.CountAsync(default).AsTask().Result, contents.Counts);
        if (counts != expected)
        {
            return $"SQLite counts {counts} and should count {expected}.";
        }

        Reopen();
        LedgerRow[] rows = [.. new CsvLedgerReader(Ledger.Path).ReadFromAsync(0, int.MaxValue, default).AsTask().Result.Rows];
        return rows.SequenceEqual(contents.Rows.Select(row => row.Row)) ? null : $"The ledger has [{string.Join(", ", rows)}] and should have [{string.Join(", ", contents.Rows.Select(row => row.Row))}].";
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

    // Since when a pair waited is of no meaning once it is joined.
    private static bool Same(in PairState one, in PairState other) => one.IsJoined ? one with { Since = default } == other with { Since = default } : one == other;
}
