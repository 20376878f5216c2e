using System.Text;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Disk;
using Diabetes.Testing.Logging;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>
/// One life of a store: from its start to its end, which is clean or at a step of the test's choosing. Steps are those of SQLite's
/// transactions and every call that changes a file. At the chosen one the database is copied as it stands, and nothing that this life does
/// afterwards counts.
/// </summary>
internal sealed class StoreLife : IDisposable
{
    private static readonly string[] Parts = ["metric.db", "metric.db-wal"];

    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"store-life-{Guid.NewGuid():N}")).FullName;

    private readonly MemoryDisk _disk;
    private readonly Dictionary<string, byte[]> _image = [];
    private long _walBefore;
    private int _steps;
    private int _refusals;

    /// <param name="disk">Where the CSV files are.</param>
    /// <param name="database">Files of the database as the life before left them.</param>
    public StoreLife(MemoryDisk disk, IReadOnlyDictionary<string, byte[]> database)
    {
        _disk = disk;
        foreach (var (name, bytes) in database)
        {
            File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        }
    }

    /// <summary>The step at which this life ends, counted from 1.</summary>
    public int EndsAt { get; init; } = int.MaxValue;

    /// <summary>If it ends right after a commit: how much of what the commit added to SQLite's log reached the disk.</summary>
    public double CommitTornAt { get; init; } = 1;

    /// <summary>Where an archiver takes each closed segment before the next step, wherever that falls; null for none.</summary>
    public SortedDictionary<int, string>? Archive { get; init; }

    /// <summary>Whether the step only fails, and life goes on.</summary>
    public bool OnlyFails { get; init; }

    public bool HasEnded { get; private set; }

    /// <summary>The database as it stood at the end.</summary>
    public IReadOnlyDictionary<string, byte[]> Database => _image;

    /// <summary>The files, by name.</summary>
    public string Files => string.Join('\n',
        Archived.Concat(Segments.Concat(["metric_log.csv", "late.csv", "orphans.csv"]).Select(name => $"{name}:\n{Text(name)}")));

    private IEnumerable<string> Archived => (Archive ?? []).Select(static segment => $"metric_log.{segment.Key}.csv:\n{segment.Value}");

    /// <summary>Names of the closed segments of the ledger, in order.</summary>
    public IReadOnlyList<string> Segments =>
        [.. CsvSegments.Numbers(_disk, JoinScript.Folder + "metric_log.csv").Select(number => $"metric_log.{number}.csv")];

    /// <summary>The rows of the ledger, in order, whatever files they are in.</summary>
    public string Rows => string.Concat(Segments.Append("metric_log.csv").Select(name =>
    {
        var text = Text(name);
        Assert.StartsWith(SqliteFolder.Header, text);
        return text[SqliteFolder.Header.Length..];
    }));

    /// <summary>Runs the script from an operation on; says how far it came.</summary>
    public async Task<int> RunAsync(JoinScript script, int operation)
    {
        _disk.Fails = (_, call) => Step(call);
        SqliteJoinStore store;
        try
        {
            store = SqliteJoinStore.Open(script.Options(_folder), _disk, new RecordingLogger(), StepOrThrow);
        }
        catch (Exception fault) when (IsMine(fault))
        {
            return OnlyFails ? await RunAsync(script, operation) : operation;
        }

        await using (store)
        {
            while (operation < script.Count && !HasEnded)
            {
                try
                {
                    Assert.Null((await store.CountAsync(default)).Mismatch);
                    await script.RunAsync(operation, store);
                    operation += HasEnded ? 0 : 1;
                }
                catch (Exception fault) when (IsMine(fault))
                {
                    // Either the end, or a refusal: then the same operation is tried again.
                }
            }

            Counts = await store.CountAsync(default);
        }

        return operation;
    }

    public StoreCounts Counts { get; private set; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One refusal is the test's own; if there is another, something does not heal.</summary>
    private bool IsMine(Exception fault) => fault is IOException && (HasEnded || ++_refusals <= 2);

    private void StepOrThrow(string step)
    {
        if (step == "begin")
        {
            _walBefore = WalLength();
        }

        if (Step(step))
        {
            throw new StoreUnavailableException($"The end, at {step}.");
        }
    }

    private bool Step(string step)
    {
        ArchiveSegments();
        _steps++;
        if (_steps == EndsAt + 1)
        {
            _disk.TornAt = 0;
        }

        if (_steps < EndsAt || (OnlyFails && _steps > EndsAt) || (OnlyFails && step == "committed"))
        {
            return false;
        }

        if (_steps == EndsAt && !OnlyFails)
        {
            HasEnded = true;
            Photograph(step);
        }

        return true;
    }

    private void ArchiveSegments()
    {
        if (Archive is null || HasEnded)
        {
            return;
        }

        foreach (var number in CsvSegments.Numbers(_disk, JoinScript.Folder + "metric_log.csv"))
        {
            Assert.True(Archive.TryAdd(number, Text($"metric_log.{number}.csv")), $"Number {number} was given twice.");
            _disk.Delete(JoinScript.Folder + $"metric_log.{number}.csv");
        }
    }

    private void Photograph(string step)
    {
        foreach (var name in Parts.Where(name => File.Exists(Path.Combine(_folder, name))))
        {
            using var file = new FileStream(Path.Combine(_folder, name), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            _image[name] = bytes;
        }

        if (step == "committed" && CommitTornAt < 1 && WalLength() > _walBefore)
        {
            _image["metric.db-wal"] = _image["metric.db-wal"][..(int)(_walBefore + ((WalLength() - _walBefore) * CommitTornAt))];
        }
    }

    private long WalLength() => new FileInfo(Path.Combine(_folder, "metric.db-wal")) is { Exists: true } wal ? wal.Length : 0;

    private string Text(string name) =>
        _disk.Length(JoinScript.Folder + name) is null ? "" : Encoding.UTF8.GetString(_disk.Bytes(JoinScript.Folder + name));
}
