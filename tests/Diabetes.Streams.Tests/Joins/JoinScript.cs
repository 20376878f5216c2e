using Diabetes.Domain;

namespace Diabetes.Streams.Tests;

/// <summary>
/// What a metric node does with a store, drawn from a seed: batches of halves with duplicates, sweeps for orphans and so late joins, conflicts at the end. An operation that is
/// done again, because the process died before it could settle, is done with the same halves at the same time.
/// </summary>
internal sealed class JoinScript
{
    /// <summary>Where the CSV files are.</summary>
    public const string Folder = "/logs/";

    private static readonly DateTimeOffset Start = new(2024, 10, 27, 12, 0, 0, TimeSpan.Zero);
    private readonly List<Half[]> _operations = [];
    private readonly ExpectedModels _models;

    public JoinScript(int seed, int ids)
    {
        var random = new Random(seed);
        string?[] names = seed % 2 == 0 ? [null] : ["champion", "challenger"];
        _models = ExpectedModels.Of(names.OfType<string>());
        var halves = Enumerable.Range(0, ids)
            .SelectMany(id => names.Select(name => Traffic.Pred(id, id + 0.25, name)).Append(Traffic.True(id, id)))
            .SelectMany(half => Enumerable.Repeat(half, random.Next(3) == 0 ? 2 : 1))
            .OrderBy(_ => random.Next())
            .ToArray();
        for (var at = 0; at < halves.Length;)
        {
            var batch = halves[at..Math.Min(halves.Length, at + random.Next(1, 6))];
            _operations.Add(batch);
            at += batch.Length;
        }

        // An empty batch stands for a sweep.
        _operations.Insert(_operations.Count / 3, []);
        _operations.Insert(_operations.Count * 2 / 3, []);
        _operations.Add([Traffic.True(0, -1), Traffic.Pred(1, -1, names[0])]);
        _operations.Add([]);
    }

    public int Count => _operations.Count;

    public SqliteJoinStoreOptions Options(string folder) => new(
        Path.Combine(folder, "metric.db"),
        new CsvLedgerOptions(Folder + "metric_log.csv", PythonFloat.Format),
        text => [.. _models.Candidates(text, unify: false).Select(key => key.ToString())])
    {
        MostUnsyncedBatches = 3,
    };

    public async Task RunAsync(int operation, IJoinStore store)
    {
        var now = Start.AddMinutes(operation);
        if (_operations[operation] is { Length: > 0 } batch)
        {
            await new JoinCommit(store, _models, new StoppedClock(now)).CommitAsync(batch, 0, 0, CancellationToken.None);
        }
        else
        {
            await store.OrphanAsync(now, TimeSpan.FromMinutes(2), 1000, CancellationToken.None);
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
