using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Metric;

public sealed class BucketActorTests : VirtualTimeTestKit
{
    private static readonly TimeSpan SpillAfter = TimeSpan.FromSeconds(2);
    private readonly TestProbe _ledger;
    private readonly IActorRef _bucket;
    private long _number;

    public BucketActorTests()
    {
        _ledger = CreateTestProbe();
        var (ledger, time) = (new GivenActor<LedgerActor>(_ledger.Ref), Time);
        _bucket = ActorOf(Props.Create(() => new BucketActor(ledger, SpillAfter, time)));
    }

    [Theory]
    [InlineData(PairSide.YTrue, PairSide.YPred)]
    [InlineData(PairSide.YPred, PairSide.YTrue)]
    public void Halves_MeetInMemory_AreHandedOverInTheirOrder(PairSide first, PairSide second)
    {
        Send(1, first, 10);
        ExpectNoMsg(_ledger);
        Send(1, second, 7);
        var commit = _ledger.ExpectMsg<LedgerProtocol.Commit>();
        Assert.Equal((first, second), (commit.First.Half.Side, commit.Second!.Half.Side));
        Assert.Equal(new BucketProtocol.Tally(0, 1, 0), Tally());
    }

    [Fact]
    public void Half_Alone_WaitsUnsettledThenSpills()
    {
        Send(1, PairSide.YTrue, 10);
        Advance(SpillAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(new BucketProtocol.Tally(1, 0, 0), Tally());
        ExpectNoMsg(_ledger);

        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_ledger.ExpectMsg<LedgerProtocol.Commit>().Second);
        Assert.Equal(new BucketProtocol.Tally(0, 0, 1), Tally());
    }

    [Fact]
    public void Halves_OfManyIds_SpillEachAtItsTime()
    {
        for (var id = 0; id < 10; id++)
        {
            Send(id, PairSide.YPred, 7);
            Advance(SpillAfter / 10);
        }

        for (var id = 0; id < 10; id++)
        {
            Assert.Equal($"{id}", _ledger.ExpectMsg<LedgerProtocol.Commit>().First.Half.Id.Token);
            Advance(SpillAfter / 10);
        }

        ExpectNoMsg(_ledger);
    }

    [Fact]
    public void Half_TwiceOfOneSide_HandsBothOverInTheirOrder()
    {
        Send(1, PairSide.YTrue, 10);
        Send(1, PairSide.YTrue, 11);
        var commit = _ledger.ExpectMsg<LedgerProtocol.Commit>();
        Assert.Equal((10, 11), (commit.First.Half.Value, commit.Second!.Half.Value));
    }

    [Fact]
    public void Halves_AtOnceBehindAJoin_AreHandedOnByTheCorrelatorThatHandedOver()
    {
        foreach (var side in new[] { PairSide.YTrue, PairSide.YPred, PairSide.YTrue, PairSide.YPred })
        {
            Offer(1, side, 10);
        }

        AwaitRest();
        Advance(SpillAfter);
        var numbers = new List<long>();
        while (numbers.Count < 4)
        {
            var commit = _ledger.ExpectMsg<LedgerProtocol.Commit>();
            numbers.Add(commit.First.Receipt.Number);
            if (commit.Second is { } second)
            {
                numbers.Add(second.Receipt.Number);
            }
        }

        Assert.Equal([1L, 2L, 3L, 4L], numbers);
        ExpectNoMsg(_ledger);
    }

    [Fact]
    public void Half_AfterTheHandOver_WaitsAnew()
    {
        Send(1, PairSide.YTrue, 10);
        Advance(SpillAfter);
        _ledger.ExpectMsg<LedgerProtocol.Commit>();
        Send(1, PairSide.YPred, 7);
        Assert.Equal(1, Tally().Waiting);
        Advance(SpillAfter);
        Assert.Equal(PairSide.YPred, _ledger.ExpectMsg<LedgerProtocol.Commit>().First.Half.Side);
    }

    [Fact]
    public void Labels_TenMinutesLateAtFullRate_MemoryIsSecondsOfTraffic()
    {
        const int rate = 100, late = 600;
        for (var second = 0; second < late + 60; second++)
        {
            for (var row = 0; row < rate; row++)
            {
                Offer((second * rate) + row, PairSide.YPred, 7);
                if (second >= late)
                {
                    Offer(((second - late) * rate) + row, PairSide.YTrue, 10);
                }
            }

            Advance(TimeSpan.FromSeconds(1));
            var halves = (second >= late ? 2 : 1) * rate;
            Assert.InRange(Tally().Waiting, 0, 2 * halves);
            Assert.InRange(Correlators(), 0, 4 * halves);
        }

        // Each half was handed over alone, so the store joins them.
        var tally = Tally();
        Assert.Equal((0, (late + 60 + 60) * rate), (tally.Met, tally.Spilled + tally.Waiting));
    }

    [Fact]
    public void Drain_HalvesWaiting_HandsThemOver()
    {
        Send(1, PairSide.YTrue, 10);
        Send(2, PairSide.YPred, 7);
        _bucket.Tell(BucketProtocol.Drain.Instance, TestActor);
        Assert.Equal(new BucketProtocol.Tally(0, 0, 2), ExpectMsg<BucketProtocol.Tally>());
        _ledger.ExpectMsg<LedgerProtocol.Commit>();
        _ledger.ExpectMsg<LedgerProtocol.Commit>();
    }

    [Fact]
    public void Drain_Empty_AnswersAtOnce()
    {
        _bucket.Tell(BucketProtocol.Drain.Instance, TestActor);
        Assert.Equal(0, ExpectMsg<BucketProtocol.Tally>().Waiting);
    }

    [Fact]
    public void Correlators_PairsOneAfterTheOther_AreUsedAgain()
    {
        for (var id = 0; id < 1000; id++)
        {
            Send(id, PairSide.YTrue, 10);
            Send(id, PairSide.YPred, 7);
        }

        Assert.Equal(new BucketProtocol.Tally(0, 1000, 0), Tally());
        Assert.Equal(1, Correlators());
    }

    [Fact]
    public void Correlators_AfterABurst_GoAway()
    {
        for (var id = 0; id < 1000; id++)
        {
            Offer(id, PairSide.YPred, 7);
        }

        Advance(SpillAfter);
        Assert.Equal(1000, Tally().Spilled);
        Advance(20 * SpillAfter);
        Assert.Equal(0, Correlators());
    }

    [Fact]
    public void Drain_HalfAfterIt_IsHandedOverAtOnce()
    {
        _bucket.Tell(BucketProtocol.Drain.Instance, TestActor);
        ExpectMsg<BucketProtocol.Tally>();
        Send(1, PairSide.YTrue, 10);
        Assert.Null(_ledger.ExpectMsg<LedgerProtocol.Commit>().Second);
    }

    private int Correlators() => ((ActorRefWithCell)_bucket).Children.Count();

    private void Offer(long id, PairSide side, double value) =>
        _bucket.Tell(new OfferProtocol.Offers(0, [new OfferProtocol.Numbered(Halves.Of(id, side, value).Value, ++_number)], TestActor));

    private void Send(long id, PairSide side, double value)
    {
        Offer(id, side, value);
        AwaitRest();
    }

    private BucketProtocol.Tally Tally()
    {
        AwaitRest();
        _bucket.Tell(BucketProtocol.GetTally.Instance, TestActor);
        return ExpectMsg<BucketProtocol.Tally>();
    }
}
