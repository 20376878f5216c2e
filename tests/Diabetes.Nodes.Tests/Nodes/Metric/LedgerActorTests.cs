using Diabetes.Domain.Joining;
using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;
using Diabetes.Nodes.Tests.Nodes.Plot;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Nodes.Metric;

public sealed class LedgerActorTests : VirtualTimeTestKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OrphanAfter = TimeSpan.FromHours(1);
    private readonly MemoryJoinStore _store = new();
    private readonly TestProbe _histogram;
    private readonly TestProbe _origin;
    private readonly IActorRef _ledger;
    private long _number;

    public LedgerActorTests()
    {
        (_histogram, _origin) = (CreateTestProbe(), CreateTestProbe());
        _ledger = Open(_store, NullLogger.Instance);
        AwaitRest();
    }

    [Fact]
    public void Commit_BeforeTheInterval_NeitherWrittenNorSettled()
    {
        Pair(1);
        Advance(Interval / 2);
        Assert.Equal(0, _store.Tries);
        Assert.Empty(Settled());
    }

    [Fact]
    public void Commit_AfterTheInterval_IsDurableThenSettledThenCounted()
    {
        Pair(1);
        Advance(Interval);
        Assert.Equal(PairStage.Joined, _store.Pairs["1"].Stage);
        Assert.Equal([1L, 2L], Settled().Select(settled => settled.Number));
        Assert.Equal(3, Assert.Single(_histogram.ExpectMsg<HistogramProtocol.Record>().Pairs).AbsoluteError);
    }

    [Fact]
    public void Commit_FullBatch_DoesNotWaitForTheInterval()
    {
        Pair(1);
        Pair(2);
        AwaitRest();
        Assert.Equal([2], _store.Batches);
    }

    [Fact]
    public void Commit_IntervalLongerThanThatOfTheSweeps_IsDurableWhenItIsOver()
    {
        var interval = TimeSpan.FromSeconds(5);
        var ledger = Open(_store, NullLogger.Instance, interval);
        ledger.Tell(new LedgerProtocol.Commit(Offer(1, PairSide.YTrue, 10)));
        Advance(interval);
        Assert.Equal([1L], Settled().Select(settled => settled.Number));
    }

    [Fact]
    public void Commit_BehindABacklogOfOrphans_WaitsForOneTransactionOfIt()
    {
        for (var id = 1; id <= 3; id++)
        {
            Alone(id, PairSide.YTrue, 10);
            Advance(Interval);
        }

        Settled();
        Advance(OrphanAfter - TimeSpan.FromSeconds(1));
        var pendingAtTheCommit = 0;
        _store.Sweeping = () =>
        {
            _store.Sweeping = null;
            Pair(10);
            Pair(11);
        };
        _store.Committing = () => pendingAtTheCommit = _store.Pairs.Values.Count(pair => pair.Stage == PairStage.Pending);
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(4, Settled().Count);
        // One half became an orphan before the pairs arrived, and one in the sweep that was queued before them.
        Assert.Equal(1, pendingAtTheCommit);
        Assert.Equal(3, _store.Pairs.Values.Count(pair => pair.Stage == PairStage.Orphaned));
    }

    [Fact]
    public void Halves_OneInTheStoreAlready_Join()
    {
        Alone(1, PairSide.YPred, 7);
        Advance(Interval);
        Assert.Equal(PairStage.Pending, _store.Pairs["1"].Stage);
        Alone(1, PairSide.YTrue, 10);
        Advance(Interval);
        Assert.Equal(PairStage.Joined, _store.Pairs["1"].Stage);
        Assert.Equal(3, Assert.Single(_histogram.ExpectMsg<HistogramProtocol.Record>().Pairs).AbsoluteError);
    }

    [Fact]
    public void Half_SameAgain_IsSettledAndCounted()
    {
        Pair(1);
        Alone(1, PairSide.YTrue, 10);
        Advance(Interval);
        Assert.Equal([1L, 2L, 3L], Settled().Select(settled => settled.Number));
        Assert.Equal(new SideTally(2, 1, 0, 0, 1, 0), _store.YTrue);
    }

    [Fact]
    public void Half_AnotherValue_IsAConflictAndTheFirstStands()
    {
        Pair(1);
        Alone(1, PairSide.YTrue, 11);
        Advance(Interval);
        Assert.Equal((3L, Verdict.Conflict), Settled()[^1]);
        Assert.Equal(10, _store.Pairs["1"].YTrue);
        Assert.Equal(new SideTally(2, 1, 0, 0, 0, 1), _store.YTrue);
    }

    [Fact]
    public void Reject_Unreadable_IsCountedThenAnswered()
    {
        var reject = new LedgerProtocol.Reject(PairSide.YPred, new Receipt(_origin.Ref, 1));
        _ledger.Tell(reject);
        _ledger.Tell(reject);
        Advance(Interval);
        Assert.Equal([(1L, Verdict.Unreadable)], Settled());
        Assert.Equal(new SideTally(1, 0, 0, 0, 0, 1), _store.YPred);
    }

    [Fact]
    public void Alone_HeldAlready_IsTakenOnce()
    {
        var offer = Offer(1, PairSide.YTrue, 10);
        _ledger.Tell(new LedgerProtocol.Commit(offer));
        _ledger.Tell(new LedgerProtocol.Alone(offer));
        Advance(Interval);
        Assert.Single(Settled());
        Assert.Equal(1, _store.YTrue.Received);
    }

    [Fact]
    public void Alone_BeforeTheOfferThatWasOnlyLate_IsTakenOnce()
    {
        var offer = Offer(1, PairSide.YTrue, 10);
        _ledger.Tell(new LedgerProtocol.Alone(offer));
        _ledger.Tell(new LedgerProtocol.Commit(offer));
        Advance(Interval);
        _ledger.Tell(new LedgerProtocol.Commit(offer));
        Advance(Interval);
        Assert.Single(Settled());
        Assert.Equal(1, _store.YTrue.Received);
    }

    [Fact]
    public void Alone_VerdictLostOnItsWay_IsAnsweredAgainAndNotCounted()
    {
        var offer = Offer(1, PairSide.YTrue, 10);
        _ledger.Tell(new LedgerProtocol.Commit(offer));
        Advance(Interval);
        _ledger.Tell(new LedgerProtocol.Alone(offer));
        AwaitRest();
        Assert.Equal([(1L, Verdict.Hold), (1L, Verdict.Hold)], Settled());
        Assert.Equal(1, _store.YTrue.Received);
    }

    [Fact]
    public void Settled_HalvesOfTwoOrigins_OneMessageACommitAndOrigin()
    {
        var other = CreateTestProbe();
        Pair(1);
        _ledger.Tell(new LedgerProtocol.Commit(new Offer(Halves.Of(2, PairSide.YTrue, 10).Value, new Receipt(other.Ref, 7))));
        Advance(Interval);
        Assert.Equal([1L, 2L], _origin.ExpectMsg<OfferProtocol.Settled>().Numbers.ToArray());
        Assert.Equal([7L], other.ExpectMsg<OfferProtocol.Settled>().Numbers.ToArray());
    }

    [Fact]
    public void Store_AwayAndBack_OriginsAreTold()
    {
        _store.Refuses = true;
        Pair(1);
        Advance(Interval);
        _origin.ExpectMsg<OfferProtocol.StoreAway>();
        Advance(TimeSpan.FromSeconds(20));
        _store.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        _origin.ExpectMsg<OfferProtocol.StoreBack>();
        Assert.Equal(2, _origin.ExpectMsg<OfferProtocol.Settled>().Numbers.Length);
    }

    [Fact]
    public void Store_Refuses_NothingIsSettledAndTheSameHalvesAreTriedAgain()
    {
        _store.Refuses = true;
        Pair(1);
        Advance(Interval);
        Assert.Equal(1, _store.Tries);
        Pair(2);
        Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(Settled());

        _store.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, Settled().Count);
        Assert.Equal(2, _store.Pairs.Count);
        Alone(3, PairSide.YTrue, 10);
        Advance(Interval);
        Assert.Single(Settled());
    }

    [Fact]
    public void Store_NotThereAtTheStart_IsAskedUntilItIs()
    {
        var store = new MemoryJoinStore { Refuses = true };
        var log = new ListLogger();
        var ledger = Open(store, log);
        Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([5000], log.Lines.Select(line => line.Id));

        ledger.Tell(new LedgerProtocol.Commit(Offer(1, PairSide.YTrue, 10)));
        store.Refuses = false;
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([5000, 5001], log.Lines.Select(line => line.Id));
        Assert.Equal([1L], Settled().Select(settled => settled.Number));
    }

    [Fact]
    public void Store_UnusableAtTheStart_EndsTheNodeOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        var store = new MemoryJoinStore { Broken = true };
        var ledger = Open(store, NullLogger.Instance);
        Assert.IsType<StoreUnusableException>(ExpectMsg<NodeFailed>().Cause);
        ledger.Tell(LedgerProtocol.Flush.Instance, TestActor);
        Assert.Null(ExpectMsg<LedgerProtocol.State>().Store);
        ExpectNoMsg();
    }

    [Fact]
    public void Flush_HalvesWaiting_AnswersWhenTheyAreDurable()
    {
        Pair(1);
        _ledger.Tell(LedgerProtocol.Flush.Instance, TestActor);
        var state = ExpectMsg<LedgerProtocol.State>();
        Assert.Equal((1, 0, 1), (state.Joined, state.Waiting, state.Store!.Value.Rows));
        Assert.Equal(2, Settled().Count);
    }

    [Fact]
    public void Flush_StoreRefuses_SaysWhatIsLeft()
    {
        _store.Refuses = true;
        Pair(1);
        _ledger.Tell(LedgerProtocol.Flush.Instance, TestActor);
        Assert.Equal(2, ExpectMsg<LedgerProtocol.State>().Waiting);
    }

    [Fact]
    public void WhenJoined_LaterPair_AnswersAtThatPair()
    {
        _ledger.Tell(new LedgerProtocol.WhenJoined(2), TestActor);
        Pair(1);
        Advance(Interval);
        ExpectNoMsg();
        Pair(2);
        Advance(Interval);
        Assert.Equal(2, ExpectMsg<LedgerProtocol.State>().Joined);
    }

    [Fact]
    public void Half_WaitsTooLong_IsAnOrphanAlsoWhenNothingComes()
    {
        Alone(1, PairSide.YTrue, 10);
        Advance(OrphanAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(PairStage.Pending, _store.Pairs["1"].Stage);
        Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(PairStage.Orphaned, _store.Pairs["1"].Stage);

        Alone(1, PairSide.YPred, 7);
        Advance(Interval);
        Assert.Equal(PairStage.JoinedLate, _store.Pairs["1"].Stage);
    }

    [Fact]
    public void Half_ClockJumpsMeanwhile_IsNoOrphan()
    {
        var (clock, log) = (new JumpingClock(Time), new ListLogger());
        var ledger = Open(_store, log, Interval, clock);
        ledger.Tell(new LedgerProtocol.Commit(Offer(1, PairSide.YTrue, 10)));
        Advance(Interval);

        clock.Jump = TimeSpan.FromHours(30);
        Advance(TimeSpan.FromSeconds(3));
        clock.Jump = TimeSpan.Zero;
        Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(PairStage.Pending, _store.Pairs["1"].Stage);
        Assert.Equal((1, 1), (log.Count(5007), log.Count(5008)));
        Advance(OrphanAfter);
        Assert.Equal(PairStage.Orphaned, _store.Pairs["1"].Stage);
    }

    [Fact]
    public void Halves_MoreThanMayWait_TheOldestBecomeOrphansAndItIsSaidOnce()
    {
        var log = new ListLogger();
        var ledger = Open(_store, log, Interval, Time, pendingLimit: 20);
        for (var id = 1; id <= 25; id++)
        {
            ledger.Tell(new LedgerProtocol.Commit(Offer(id, PairSide.YTrue, 10)));
            Advance(Interval);
        }

        Advance(TimeSpan.FromSeconds(3));
        ledger.Tell(new LedgerProtocol.Commit(Offer(26, PairSide.YTrue, 10)));
        Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(
            Enumerable.Range(1, 6).Select(id => $"{id}").Order(),
            _store.Pairs.Where(pair => pair.Value.Stage == PairStage.Orphaned).Select(pair => pair.Key).Order());
        Assert.Equal((1, 0), (log.Count(5009), log.Count(5006)));

        for (var id = 20; id <= 22; id++)
        {
            ledger.Tell(new LedgerProtocol.Commit(Offer(id, PairSide.YPred, 7)));
        }

        Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((1, 1), (log.Count(5009), log.Count(5006)));
    }

    private IActorRef Open(MemoryJoinStore store, ILogger logger) => Open(store, logger, Interval);

    private IActorRef Open(MemoryJoinStore store, ILogger logger, TimeSpan interval) => Open(store, logger, interval, Time);

    private IActorRef Open(MemoryJoinStore store, ILogger logger, TimeSpan interval, TimeProvider time, int pendingLimit = 1000)
    {
        var plan = new LedgerPlan(ExpectedModels.Anyone, new CommitPolicy(interval, 4), OrphanAfter, time, logger)
        {
            SweepLimit = 1,
            PendingLimit = pendingLimit,
        };
        var histogram = new GivenActor<HistogramActor>(_histogram.Ref);
        return ActorOf(Props.Create(() => new LedgerActor(store, histogram, plan)));
    }

    private void Pair(long id) => _ledger.Tell(new LedgerProtocol.Commit(Offer(id, PairSide.YTrue, 10), Offer(id, PairSide.YPred, 7)));

    private void Alone(long id, PairSide side, double value) => _ledger.Tell(new LedgerProtocol.Commit(Offer(id, side, value)));

    private Offer Offer(long id, PairSide side, double value) => new(Halves.Of(id, side, value).Value, new Receipt(_origin.Ref, ++_number));

    /// <summary>Returns the verdicts since the last call.</summary>
    private List<(long Number, Verdict Verdict)> Settled()
    {
        AwaitRest();
        var settled = new List<(long, Verdict)>();
        while (_origin.HasMessages)
        {
            if (_origin.ReceiveOne(TimeSpan.Zero) is OfferProtocol.Settled some)
            {
                settled.AddRange(some.Numbers.Zip(some.Verdicts));
            }
        }

        return settled;
    }

    /// <summary>A clock that somebody sets while time passes as it does.</summary>
    private sealed class JumpingClock(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Jump { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Jump;

        public override long GetTimestamp() => inner.GetTimestamp();
    }
}
