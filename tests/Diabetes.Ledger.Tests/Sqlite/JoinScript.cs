using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Joins;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>
/// What a metric node does with a store, drawn from a seed: batches of halves with duplicates, sweeps for orphans and so late joins,
/// conflicts at the end. An operation that is done again, because the process died before it could settle, is done with the same halves at
/// the same time.
/// </summary>
internal sealed class JoinScript
{
    /// <summary>Where the CSV files are.</summary>
    public const string Folder = "/logs/";

    // Midnight falls into every script.
    private static readonly DateTimeOffset Start = new(2024, 10, 26, 23, 56, 0, TimeSpan.Zero);
    private readonly List<PairHalf[]> _operations = [];
    private readonly ExpectedModels _models;
    private readonly Clock _clock = new();

    /// <param name="seed">Draws it.</param>
    /// <param name="ids">How many ids there are.</param>
    /// <param name="rotates">Whether the ledger is rotated, after some rows and at midnight.</param>
    public JoinScript(int seed, int ids, bool rotates = false)
    {
        Rotates = rotates;
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

    public bool Rotates { get; }

    public int Count => _operations.Count;

    public SqliteJoinStoreOptions Options(string folder) => new(
        Path.Combine(folder, "metric.db"),
        new CsvLedgerOptions(Folder + "metric_log.csv"))
    {
        Models = _models,
        MostUnsyncedBatches = 3,
        Rotation = Rotates ? new LedgerRotation(110, Daily: true, _clock) : LedgerRotation.Never,
    };

    public async Task RunAsync(int operation, IJoinStore store)
    {
        var now = _clock.Now = Start.AddMinutes(operation);
        if (_operations[operation] is { Length: > 0 } batch)
        {
            await new JoinCommit(store, _models, _clock).CommitAsync(batch, 0, 0, CancellationToken.None);
        }
        else
        {
            await store.OrphanAsync(now, TimeSpan.FromMinutes(2), 1000, CancellationToken.None);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
