using System.Text;
using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Metric;
using Diabetes.Nodes.Tests.Plot;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Metric;

public sealed class JoinActorTests : TestKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OrphanAfter = TimeSpan.FromHours(1);
    private readonly MemoryJoinStore _store = new();
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _histogram;
    private readonly TestProbe _quarantine;
    private readonly IActorRef _joiner;

    public JoinActorTests()
    {
        (_histogram, _quarantine) = (CreateTestProbe(), CreateTestProbe());
        var plan = new JoinPlan(ExpectedModels.Anyone, new CommitPolicy(Interval, 4), OrphanAfter, Time!);
        var peers = new JoinPeers(_histogram.Ref, _quarantine.Ref, "y_true", "y_pred", NullLogger.Instance);
        _joiner = ActorOf(Props.Create(() => new JoinActor(_store, plan, peers)));
        AwaitRest();
    }

    [Fact]
    public void Commit_BeforeTheInterval_NeitherWrittenNorSettled()
    {
        Pair(1);
        Advance(Interval / 2);
        Assert.Equal(0, _store.Tries);
        Assert.Empty(_settlement.Acked);
    }

    [Fact]
    public void Commit_AfterTheInterval_IsDurableThenSettledThenCounted()
    {
        Pair(1);
        Advance(Interval);
        Assert.Equal(PairStage.Joined, _store.Pairs["1"].Stage);
        Assert.Equal([1ul, 2ul], _settlement.Acked);
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
    public void Halves_OneInTheStoreAlready_Join()
    {
        Alone(1, Side.YPred, 7);
        Advance(Interval);
        Assert.Equal(PairStage.Pending, _store.Pairs["1"].Stage);
        Alone(1, Side.YTrue, 10);
        Advance(Interval);
        Assert.Equal(PairStage.Joined, _store.Pairs["1"].Stage);
        Assert.Equal(3, Assert.Single(_histogram.ExpectMsg<HistogramProtocol.Record>().Pairs).AbsoluteError);
    }

    [Fact]
    public void Half_SameAgain_IsSettledAndCounted()
    {
        Pair(1);
        Alone(1, Side.YTrue, 10);
        Advance(Interval);
        Assert.Equal([1ul, 2ul, 3ul], _settlement.Acked);
        Assert.Equal(new HalfTally(2, 1, 1, 0), _store.YTrue);
    }

    [Fact]
    public void Half_AnotherValue_IsSetAsideAndTheFirstStands()
    {
        Pair(1);
        Alone(1, Side.YTrue, 11);
        Advance(Interval);
        var aside = _quarantine.ExpectMsg<QuarantineProtocol.SetAside>();
        Assert.Equal(("y_true", "ConflictingValue"), (aside.Queue, aside.Reason));
        Assert.Contains("whole seconds", aside.Detail, StringComparison.Ordinal);
        Assert.Equal("""{"id":1,"body":11.0}""", Encoding.UTF8.GetString(aside.Body.Span));
        Assert.Equal(10, _store.Pairs["1"].YTrue);
        Assert.Equal([1ul, 2ul], _settlement.Acked);
        Assert.Equal(new HalfTally(2, 1, 0, 1), _store.YTrue);
    }

    [Fact]
    public void Reject_Unreadable_IsCountedThenSetAside()
    {
        _joiner.Tell(new JoinProtocol.Reject(_settlement.Deliver(Halves.Read(Side.YPred, "junk")), Side.YPred));
        Advance(Interval);
        var aside = _quarantine.ExpectMsg<QuarantineProtocol.SetAside>();
        Assert.Equal(("y_pred", "NotJson"), (aside.Queue, aside.Reason));
        Assert.Equal(new HalfTally(1, 0, 0, 1), _store.YPred);
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
        Assert.Empty(_settlement.Acked);

        _store.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, _settlement.Acked.Count);
        Assert.Equal(2, _store.Pairs.Count);
        Alone(3, Side.YTrue, 10);
        Advance(Interval);
        Assert.Equal(5, _settlement.Acked.Count);
    }

    [Fact]
    public void Store_NotThereAtTheStart_IsAskedUntilItIs()
    {
        var store = new MemoryJoinStore { Refuses = true };
        var plan = new JoinPlan(ExpectedModels.Anyone, new CommitPolicy(Interval, 4), OrphanAfter, Time!);
        var log = new ListLogger();
        var joiner = ActorOf(Props.Create(() => new JoinActor(store, plan, new JoinPeers(_histogram.Ref, _quarantine.Ref, "y_true", "y_pred", log))));
        Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([5000], log.Lines.Select(line => line.Id));

        joiner.Tell(new JoinProtocol.Commit(_settlement.Deliver(Halves.Of(1, Side.YTrue, 10))));
        store.Refuses = false;
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([5000, 5001], log.Lines.Select(line => line.Id));
        Assert.Equal([1ul], _settlement.Acked);
    }

    [Fact]
    public void Store_UnusableAtTheStart_EndsTheNodeOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        var store = new MemoryJoinStore { Broken = true };
        var plan = new JoinPlan(ExpectedModels.Anyone, new CommitPolicy(Interval, 4), OrphanAfter, Time!);
        var joiner = ActorOf(Props.Create(() => new JoinActor(store, plan, new JoinPeers(_histogram.Ref, _quarantine.Ref, "y_true", "y_pred", NullLogger.Instance))));
        Assert.IsType<StoreUnusableException>(ExpectMsg<NodeFailed>().Cause);
        joiner.Tell(JoinProtocol.Flush.Instance, TestActor);
        Assert.Null(ExpectMsg<JoinProtocol.State>().Store);
        ExpectNoMsg();
    }

    [Fact]
    public void Flush_HalvesWaiting_AnswersWhenTheyAreDurable()
    {
        Pair(1);
        _joiner.Tell(JoinProtocol.Flush.Instance, TestActor);
        var state = ExpectMsg<JoinProtocol.State>();
        Assert.Equal((1, 0, 1), (state.Joined, state.Waiting, state.Store!.Value.Rows));
        Assert.Equal(2, _settlement.Acked.Count);
    }

    [Fact]
    public void Flush_StoreRefuses_SaysWhatIsLeft()
    {
        _store.Refuses = true;
        Pair(1);
        _joiner.Tell(JoinProtocol.Flush.Instance, TestActor);
        Assert.Equal(2, ExpectMsg<JoinProtocol.State>().Waiting);
    }

    [Fact]
    public void WhenJoined_LaterPair_AnswersAtThatPair()
    {
        _joiner.Tell(new JoinProtocol.WhenJoined(2), TestActor);
        Pair(1);
        Advance(Interval);
        ExpectNoMsg();
        Pair(2);
        Advance(Interval);
        Assert.Equal(2, ExpectMsg<JoinProtocol.State>().Joined);
    }

    [Fact]
    public void Half_WaitsTooLong_IsAnOrphanAlsoWhenNothingComes()
    {
        Alone(1, Side.YTrue, 10);
        Advance(OrphanAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(PairStage.Pending, _store.Pairs["1"].Stage);
        Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(PairStage.Orphaned, _store.Pairs["1"].Stage);

        Alone(1, Side.YPred, 7);
        Advance(Interval);
        Assert.Equal(PairStage.JoinedLate, _store.Pairs["1"].Stage);
    }

    private void Pair(long id) => _joiner.Tell(new JoinProtocol.Commit(
        _settlement.Deliver(Halves.Of(id, Side.YTrue, 10)), _settlement.Deliver(Halves.Of(id, Side.YPred, 7))));

    private void Alone(long id, Side side, double value) => _joiner.Tell(new JoinProtocol.Commit(_settlement.Deliver(Halves.Of(id, side, value))));
}
