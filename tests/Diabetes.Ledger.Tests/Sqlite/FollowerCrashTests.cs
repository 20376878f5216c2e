using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using Diabetes.Ledger.Tests.Disk;
using FsCheck;
using FsCheck.Fluent;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>A follower beside a store that commits, rotates its ledger, is started again and dies.</summary>
public sealed class FollowerCrashTests
{
    private const int Operations = 40;

    /// <summary>
    /// Any order of batches (1 to 3 pairs), reads of some rows, clean restarts and midnights, while the process of the store dies after any
    /// number of steps. An operation that did not come to its end is done again; the follower looks also at what lies there in between.
    /// </summary>
    [Fact]
    public void Follower_StoreDiesAndRotatesMeanwhile_SeesEachRowOnceInOrder()
    {
        var (rotations, deaths) = (0, 0);
        var cases = Gen.Choose(0, 9).ListOf(Operations).Zip(Gen.Choose(1, 60).ListOf(6)).ToArbitrary();
        Prop.ForAll(cases, async one =>
        {
            using var life = new Lives(one.Item2);
            foreach (var operation in one.Item1)
            {
                await (operation switch
                {
                    <= 3 => life.CommitAsync(1 + (operation % 3)),
                    <= 6 => life.ReadAsync(operation - 3),
                    7 => life.RestartAsync(),
                    _ => life.MidnightAsync(),
                });
            }

            await life.EndAsync();
            (rotations, deaths) = (rotations + life.Rotations, deaths + life.Deaths);
        }).QuickCheckThrowOnFailure();
        Assert.True(rotations > 200 && deaths > 200, $"Too tame: {rotations} rotations, {deaths} deaths.");
    }

    private sealed class Lives(IEnumerable<int> deaths) : IDisposable
    {
        private readonly SqliteFolder _folder = new();
        private readonly Queue<int> _deaths = new(deaths);
        private readonly Clock _clock = new();
        private SqliteJoinStore? _store;
        private CsvLedgerReader? _reader;
        private long _position;
        private int _steps;
        private int _endsAt;
        private int _committed;
        private int _read;

        public int Deaths { get; private set; }

        public int Rotations => CsvSegments.Numbers(LocalDisk.Instance, _folder.Ledger).Count;

        private bool IsDead => _steps >= _endsAt;

        public async Task CommitAsync(int pairs)
        {
            PairHalf[] halves = [.. Enumerable.Range(_committed, pairs)
                .SelectMany(static id => (PairHalf[])[True(id, id), Pred(id, id + 1)])];
            await UntilDoneAsync(store => _folder.On(store).CommitAsync(halves, 0, 0, default));
            _committed += pairs;
        }

        public async Task ReadAsync(int limit)
        {
            var page = await (_reader ??= new CsvLedgerReader(_folder.Ledger)).ReadFromAsync(_position, limit, default);
            Assert.NotEqual(LedgerState.Restarted, page.State);
            Assert.Equal(0, page.Unreadable);
            Assert.Equal(Enumerable.Range(_read, page.Rows.Count).Select(static id => $"{id}.5"), page.Rows.Select(static row => row.Id));
            (_position, _read) = (page.Next, _read + page.Rows.Count);
        }

        public Task RestartAsync()
        {
            // A follower of a later run goes on from where this one was.
            _reader = null;
            return CloseAsync();
        }

        public async Task MidnightAsync()
        {
            _clock.Now = _clock.Now.AddDays(1);
            await UntilDoneAsync(async store => await store.OrphanAsync(_clock.Now, TimeSpan.FromDays(1000), 10, default));
        }

        public async Task EndAsync()
        {
            await CloseAsync();
            _deaths.Clear();
            await UntilDoneAsync(static store => Task.FromResult(store));
            await CloseAsync();
            await ReadAsync(int.MaxValue);
            Assert.Equal(_committed, _read);
            Assert.Empty(SqliteStoreAudit.Run(_folder.Options, LocalDisk.Instance, default).Differences);
        }

        public void Dispose()
        {
            _store?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _folder.Dispose();
        }

        private async Task UntilDoneAsync<T>(Func<SqliteJoinStore, Task<T>> operation)
        {
            for (var done = false; !done;)
            {
                try
                {
                    _store ??= Open();
                    await operation(_store);
                    done = !IsDead;
                }
                catch (IOException)
                {
                    Assert.True(IsDead, "The store refused, and nobody told it to.");
                }

                if (IsDead)
                {
                    Deaths++;
                    await CloseAsync();
                    await ReadAsync(2);
                }
            }
        }

        private SqliteJoinStore Open()
        {
            (_steps, _endsAt) = (0, _deaths.TryDequeue(out var at) ? at : int.MaxValue);
            return SqliteJoinStore.Open(_folder.Options with { Rotation = new LedgerRotation(90, Daily: true, _clock) },
                new DyingDisk(Dies), _folder.Log, step =>
            {
                if (Dies(step))
                {
                    throw new StoreUnavailableException($"The end, at {step}.");
                }
            });
        }

        private bool Dies(string step)
        {
            _steps++;
            return IsDead;
        }

        private async Task CloseAsync()
        {
            if (_store is not null)
            {
                await _store.DisposeAsync();
                _store = null;
            }
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 10, 27, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
