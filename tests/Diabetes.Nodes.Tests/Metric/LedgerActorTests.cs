using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Metric;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Metric;

public sealed class LedgerActorTests : TestKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private readonly RecordedLedger _ledger = new();
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _histogram;
    private readonly IActorRef _actor;

    public LedgerActorTests()
    {
        _histogram = CreateTestProbe();
        var (ledger, histogram) = (_ledger, _histogram.Ref);
        _actor = ActorOf(Props.Create(() => new LedgerActor(ledger, new CommitPolicy(Interval, 3), histogram, NullLogger.Instance)));
    }

    [Fact]
    public void Append_BeforeTheInterval_NeitherWrittenNorSettled()
    {
        Append(1);
        Advance(Interval / 2);
        Assert.Empty(_ledger.Batches);
        Assert.Empty(_settlement.Acked);
    }

    [Fact]
    public void Append_AfterTheInterval_IsDurableThenSettledThenCounted()
    {
        Append(1);
        Append(2);
        Advance(Interval);
        Assert.Equal(2, _histogram.ExpectMsg<HistogramProtocol.Record>().Rows.Count);
        AwaitCondition(() => _settlement.Acked.Count == 4);
        var batch = Assert.Single(_ledger.Batches);
        Assert.Equal([new LedgerRow("1", 10, 7, 3), new LedgerRow("2", 10, 7, 3)], batch);
    }

    [Fact]
    public void Append_FullBatch_DoesNotWaitForTheInterval()
    {
        Append(1);
        Append(2);
        Append(3);
        Assert.Equal(3, _histogram.ExpectMsg<HistogramProtocol.Record>().Rows.Count);
    }

    [Fact]
    public void Ledger_Refuses_NothingIsSettledAndTheSameRowsAreTriedAgain()
    {
        _ledger.Refuses = true;
        Append(1);
        Advance(Interval);
        AwaitCondition(() => _ledger.Tries == 1);
        Append(2);
        Assert.Empty(_settlement.Acked);

        _ledger.Refuses = false;
        AwaitAssert(() =>
        {
            Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(4, _settlement.Acked.Count);
        });
        Assert.Equal(["1", "2"], _ledger.Batches.SelectMany(batch => batch).Select(row => row.Id));
    }

    [Fact]
    public void Flush_RowsWaiting_AnswersWhenTheyAreDurable()
    {
        Append(1);
        _actor.Tell(LedgerProtocol.Flush.Instance, TestActor);
        Assert.Equal(new LedgerProtocol.Flushed(1, 1), ExpectMsg<LedgerProtocol.Flushed>());
        Assert.Equal(2, _settlement.Acked.Count);
    }

    [Fact]
    public void Flush_NothingWaiting_AnswersAtOnce()
    {
        _actor.Tell(LedgerProtocol.Flush.Instance, TestActor);
        Assert.Equal(new LedgerProtocol.Flushed(0, 0), ExpectMsg<LedgerProtocol.Flushed>());
    }

    [Fact]
    public void WhenCommitted_LaterRow_AnswersAtThatRow()
    {
        _actor.Tell(new LedgerProtocol.WhenCommitted(2), TestActor);
        Append(1);
        Advance(Interval);
        _histogram.ExpectMsg<HistogramProtocol.Record>();
        ExpectNoMsg();
        Append(2);
        Advance(Interval);
        Assert.Equal(2, ExpectMsg<LedgerProtocol.Flushed>().Committed);
    }

    private void Append(long id) => _actor.Tell(new LedgerProtocol.Append(
        new JoinedPair(ObservationId.TryParse(System.Text.Encoding.ASCII.GetBytes($"{id}"), false, out var parsed) ? parsed : default, 10, 7),
        _settlement.Deliver("true"),
        _settlement.Deliver("pred")));
}
