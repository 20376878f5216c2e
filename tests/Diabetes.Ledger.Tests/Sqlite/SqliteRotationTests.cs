using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>
/// The ledger of a SQLite store, closed when it is full: when that is, and what others find who come upon the closed segments.
/// </summary>
public sealed partial class SqliteRotationTests : IDisposable
{
    private static readonly DateTimeOffset LateInTheEvening = new(2024, 10, 27, 23, 59, 59, TimeSpan.Zero);

    private readonly SqliteFolder _folder = new();
    private readonly Clock _clock = new() { Now = LateInTheEvening };
    private LedgerRotation _rotation;

    public SqliteRotationTests() => _rotation = new LedgerRotation(0, Daily: false, _clock);

    private string[] Files => [.. Directory.EnumerateFiles(_folder.In(""), "metric_log*.csv").Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commit_FileHasItsSize_ClosesItBeforeTheNextBatch()
    {
        // Of two rows, to the byte.
        _rotation = _rotation with { Size = SqliteFolder.Header.Length + (2 * "1.5,1.0,3.0,2.0\n".Length) };
        await using var store = Open();
        await PairsAsync(store, 1, 2);
        Assert.Equal(["metric_log.csv"], Files);

        await PairsAsync(store, 3);
        await PairsAsync(store, 4, 5, 6);
        await PairsAsync(store, 7);

        Assert.Equal(["metric_log.1.csv", "metric_log.2.csv", "metric_log.csv"], Files);
        Assert.Equal((Text(1, 2), Text(3, 4, 5, 6), Text(7)),
            (_folder.Text("metric_log.1.csv"), _folder.Text("metric_log.2.csv"), _folder.Text("metric_log.csv")));
        Assert.Equal(7, (await store.CountAsync(default)).Rows);
        Assert.Equal(2, _folder.Log.Count(9034));
        Assert.Equal(Verdict.Duplicate, Assert.Single(await CommitAsync(store, True(1, 1))));
    }

    [Fact]
    public async Task Commit_FileIsAByteShort_LeavesItOpen()
    {
        _rotation = _rotation with { Size = SqliteFolder.Header.Length + "1.5,1.0,3.0,2.0\n".Length + 1 };
        await using var store = Open();
        await PairsAsync(store, 1);
        await PairsAsync(store, 2);

        Assert.Equal(["metric_log.csv"], Files);
    }

    [Fact]
    public async Task Commit_FirstOfAnotherUtcDay_ClosesTheDayBefore()
    {
        _rotation = _rotation with { Daily = true };
        await using (var store = Open())
        {
            // A day without rows, and the file's header alone, close nothing.
            _clock.Now = LateInTheEvening.AddDays(-1);
            await CommitAsync(store, True(9, 1));
            _clock.Now = LateInTheEvening;
            await PairsAsync(store, 1);
            _clock.Now = LateInTheEvening.AddTicks(TimeSpan.TicksPerSecond - 1);
            await PairsAsync(store, 2);
            Assert.Equal(["metric_log.csv"], Files);
        }

        // The day is remembered over a restart, and another time zone is no other day.
        await using var again = Open();
        _clock.Now = LateInTheEvening.AddTicks(TimeSpan.TicksPerSecond - 1).ToOffset(TimeSpan.FromHours(14));
        await PairsAsync(again, 3);
        Assert.Equal(["metric_log.csv"], Files);
        _clock.Now = LateInTheEvening.AddSeconds(1);
        await PairsAsync(again, 4);

        Assert.Equal((Text(1, 2, 3), Text(4)), (_folder.Text("metric_log.1.csv"), _folder.Text("metric_log.csv")));
    }

    [Fact]
    public async Task Sweep_AnotherDay_ClosesTheFileThoughNothingIsJoined()
    {
        _rotation = _rotation with { Daily = true };
        await using var store = Open();
        await PairsAsync(store, 1);
        _clock.Now = _clock.Now.AddDays(3);
        await store.OrphanAsync(_clock.Now, TimeSpan.FromHours(1), 10, default);
        await store.OrphanAsync(_clock.Now, TimeSpan.FromHours(1), 10, default);

        Assert.Equal((Text(1), Text()), (_folder.Text("metric_log.1.csv"), _folder.Text("metric_log.csv")));
        Assert.Equal(["metric_log.1.csv", "metric_log.csv"], Files);
    }

    [Fact]
    public async Task Commit_ClockGoesBack_ClosesNothing()
    {
        _rotation = _rotation with { Daily = true };
        await using var store = Open();
        await PairsAsync(store, 1);
        _clock.Now = _clock.Now.AddDays(-2);
        await PairsAsync(store, 2);

        Assert.Equal(["metric_log.csv"], Files);
    }

    [Fact]
    public async Task Rotate_SegmentsArchived_GivesNoNumberTwice()
    {
        _rotation = _rotation with { Size = 1 };
        await using (var store = Open())
        {
            await PairsAsync(store, 1);
            await PairsAsync(store, 2);
        }

        // Closing closes what is full, too.
        Assert.Equal(["metric_log.1.csv", "metric_log.2.csv", "metric_log.csv"], Files);
        File.Delete(_folder.In("metric_log.1.csv"));
        File.Delete(_folder.In("metric_log.2.csv"));
        await using var again = Open();
        await PairsAsync(again, 3);
        await PairsAsync(again, 4);

        Assert.Equal(["metric_log.3.csv", "metric_log.csv"], Files);
    }

    [Fact]
    public async Task Commit_NextNameIsTaken_SaysSoAndOverwritesNothing()
    {
        _rotation = _rotation with { Size = 1 };
        await using var store = Open();
        await PairsAsync(store, 1);
        await File.WriteAllTextAsync(_folder.In("metric_log.1.csv"), "precious");

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await PairsAsync(store, 2));

        Assert.Contains("metric_log.1.csv", fault.Message);
        Assert.Contains("Move it away", fault.Message);
        Assert.Equal(("precious", Text(1)), (_folder.Text("metric_log.1.csv"), _folder.Text("metric_log.csv")));
        File.Delete(_folder.In("metric_log.1.csv"));
        await PairsAsync(store, 2);
        Assert.Equal((Text(1), Text(2)), (_folder.Text("metric_log.1.csv"), _folder.Text("metric_log.csv")));
    }

    [Fact]
    public async Task Rotate_DiesAndTheSegmentIsArchivedBeforeTheRestart_AuditSaysWhatIsNotThere()
    {
        await using (var store = Open())
        {
            await PairsAsync(store, 1);
        }

        using (var database = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            database.Execute("UPDATE files SET closing = 1 WHERE name = 'ledger'");
        }

        File.Delete(_folder.Ledger);

        Assert.Contains("1 of its 1 closed segments are not beside it ('metric_log.1.csv')", Assert.Single(Audit().Differences));
    }

    [Fact]
    public async Task Open_RotationNoLongerWanted_FinishesTheOneThatWasBegun()
    {
        await using (var store = Open())
        {
            await PairsAsync(store, 1);
        }

        using (var database = SqliteDatabase.Open(_folder.Database, readOnly: false))
        {
            database.Execute("UPDATE files SET closing = 1 WHERE name = 'ledger'");
        }

        File.Move(_folder.Ledger, _folder.In("metric_log.1.csv"));
        Assert.Empty(Audit().Differences);
        await using var again = Open();
        await PairsAsync(again, 2);

        Assert.Equal((Text(1), Text(2)), (_folder.Text("metric_log.1.csv"), _folder.Text("metric_log.csv")));
        Assert.Equal((0, 1), (_folder.Log.Count(9025), _folder.Log.Count(9034)));
    }

    [Fact]
    public async Task Open_LedgerGoneAndAnotherFileHasTheNextName_SaysWhatToDo()
    {
        await using (var store = Open())
        {
            await PairsAsync(store, 1);
        }

        File.Delete(_folder.Ledger);
        await File.WriteAllTextAsync(_folder.In("metric_log.1.csv"), Text(1, 2));

        var fault = Assert.Throws<StoreUnusableException>(Open);

        Assert.Contains("metric_log.1.csv", fault.Message);
        Assert.Contains("diabetes verify --repair", fault.Message);
        Assert.Equal(["metric_log.1.csv"], Files);
    }

    [Fact]
    public async Task Open_NewStore_IndexesAllSegmentsInOrder()
    {
        for (var number = 1; number <= 11; number++)
        {
            await File.WriteAllTextAsync(_folder.In($"metric_log.{number}.csv"), number == 5 ? "" : Text(number));
        }

        await File.WriteAllTextAsync(_folder.Ledger, Text(12, 13));
        await using var store = Open();

        Assert.Equal(12, (await store.CountAsync(default)).Rows);
        Assert.Equal([Verdict.Duplicate, Verdict.Hold, Verdict.Duplicate, Verdict.Duplicate],
            await CommitAsync(store, True(1, 1), True(5, 1), Pred(11, 3), True(13, 1)));
        Assert.Empty(Audit().Differences);
        _rotation = _rotation with { Size = 1 };
        await store.DisposeAsync();
        await using var again = Open();
        await PairsAsync(again, 14);
        Assert.Contains("metric_log.12.csv", Files);
    }

    [Fact]
    public async Task Open_NewStoreDiesWhileItIndexes_GoesOnWithoutCountingTwice()
    {
        for (var number = 1; number <= 3; number++)
        {
            await File.WriteAllTextAsync(_folder.In($"metric_log.{number}.csv"), Text(number));
        }

        await File.WriteAllTextAsync(_folder.Ledger, Text(4));
        var starts = 0;
        for (var died = true; died; starts++)
        {
            var (dies, steps) = (starts, 0);
            died = false;
            try
            {
                await SqliteJoinStore.Open(_folder.Options, LocalDisk.Instance, _folder.Log, _ =>
                {
                    if (died |= ++steps > dies)
                    {
                        throw new StoreUnavailableException("The end.");
                    }
                }).DisposeAsync();
            }
            catch (StoreUnavailableException)
            {
            }
        }

        Assert.InRange(starts, 20, 100);
        var audit = Audit();
        Assert.Empty(audit.Differences);
        Assert.Equal(4, audit.Counts.Rows);
    }

    [Fact]
    public async Task Open_AThousandSegments_ReadsNoneOfThem()
    {
        _rotation = _rotation with { Size = 1 };
        await using (var store = Open())
        {
            for (var id = 0; id < 1000; id++)
            {
                await PairsAsync(store, id);
            }
        }

        var disk = new CountingDisk();
        await using (SqliteJoinStore.Open(_folder.Options, disk, _folder.Log))
        {
            Assert.Equal(["metric_log.csv"], disk.Opened.Distinct());
        }

        Assert.Equal(1001, Files.Length);
        Assert.Empty(Audit().Differences);
        Assert.Equal(1000, (await new CsvLedgerReader(_folder.Ledger).ReadFromAsync(0, 5000, default)).Rows.Count);
    }

    private static string Text(params int[] ids) => SqliteFolder.Header + string.Concat(ids.Select(static id => $"{id}.5,1.0,3.0,2.0\n"));

    private SqliteJoinStore Open() => SqliteJoinStore.Open(_folder.Options with { Rotation = _rotation }, LocalDisk.Instance, _folder.Log);

    private StoreAudit Audit() => SqliteStoreAudit.Run(_folder.Options, LocalDisk.Instance, CancellationToken.None);

    private Task<Verdict[]> PairsAsync(SqliteJoinStore store, params int[] ids) =>
        CommitAsync(store, [.. ids.SelectMany(static id => (PairHalf[])[True(id, 1), Pred(id, 3)])]);

    private async Task<Verdict[]> CommitAsync(SqliteJoinStore store, params PairHalf[] halves)
    {
        var outcome = await _folder.On(store).CommitAsync(halves, 0, 0, CancellationToken.None);
        Assert.Null((await store.CountAsync(default)).Mismatch);
        return [.. outcome.Verdicts];
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>The disk of this machine, and which files were opened on it.</summary>
    private sealed class CountingDisk : IDisk
    {
        public List<string> Opened { get; } = [];

        public void CreateFolder(string path) => LocalDisk.Instance.CreateFolder(path);

        public long? Length(string path) => LocalDisk.Instance.Length(path);

        public IReadOnlyList<string> Names(string folder) => LocalDisk.Instance.Names(folder);

        public void Rename(string from, string to) => LocalDisk.Instance.Rename(from, to);

        public IDiskFile Open(string path)
        {
            Opened.Add(Path.GetFileName(path));
            return LocalDisk.Instance.Open(path);
        }

        public IDiskFile? OpenToRead(string path)
        {
            Opened.Add(Path.GetFileName(path));
            return LocalDisk.Instance.OpenToRead(path);
        }

        public IDisposable Lock(string path) => LocalDisk.Instance.Lock(path);

        public void SyncFolder(string path) => LocalDisk.Instance.SyncFolder(path);
    }
}
