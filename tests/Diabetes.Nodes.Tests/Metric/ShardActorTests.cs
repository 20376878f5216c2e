using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Metric;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Testing;

namespace Diabetes.Nodes.Tests.Metric;

public sealed class ShardActorTests : TestKit
{
    private static readonly TimeSpan SpillAfter = TimeSpan.FromSeconds(2);
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _joiner;
    private readonly IActorRef _shard;

    public ShardActorTests()
    {
        _joiner = CreateTestProbe();
        var (joiner, time) = (_joiner.Ref, Time!);
        _shard = ActorOf(Props.Create(() => new ShardActor(joiner, SpillAfter, time)));
    }

    [Theory]
    [InlineData(Side.YTrue, Side.YPred)]
    [InlineData(Side.YPred, Side.YTrue)]
    public void Halves_MeetInMemory_AreHandedOverInTheirOrder(Side first, Side second)
    {
        Send(1, first, 10);
        _joiner.ExpectNoMsg();
        Send(1, second, 7);
        var commit = _joiner.ExpectMsg<JoinProtocol.Commit>();
        Assert.Equal((first, second), (commit.First.Payload.Value.Side, commit.Second!.Payload.Value.Side));
        Assert.Equal(new ShardProtocol.Tally(0, 1, 0), Tally());
        Assert.Empty(_settlement.Acked);
    }

    [Fact]
    public void Half_Alone_WaitsUnsettledThenSpills()
    {
        Send(1, Side.YTrue, 10);
        Advance(SpillAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(new ShardProtocol.Tally(1, 0, 0), Tally());
        _joiner.ExpectNoMsg();

        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_joiner.ExpectMsg<JoinProtocol.Commit>().Second);
        Assert.Equal(new ShardProtocol.Tally(0, 0, 1), Tally());
    }

    [Fact]
    public void Halves_OfManyIds_SpillEachAtItsTime()
    {
        for (var id = 0; id < 10; id++)
        {
            Send(id, Side.YPred, 7);
            Advance(SpillAfter / 10);
        }

        for (var id = 0; id < 10; id++)
        {
            Assert.Equal($"{id}", _joiner.ExpectMsg<JoinProtocol.Commit>().First.Payload.Value.Id.Token);
            Advance(SpillAfter / 10);
        }

        _joiner.ExpectNoMsg();
    }

    [Fact]
    public void Half_TwiceOfOneSide_HandsBothOverInTheirOrder()
    {
        Send(1, Side.YTrue, 10);
        Send(1, Side.YTrue, 11);
        var commit = _joiner.ExpectMsg<JoinProtocol.Commit>();
        Assert.Equal((10, 11), (commit.First.Payload.Value.Value, commit.Second!.Payload.Value.Value));
    }

    [Fact]
    public void Halves_AtOnceBehindAJoin_AreHandedOnByTheCorrelatorThatGoes()
    {
        foreach (var side in new[] { Side.YTrue, Side.YPred, Side.YTrue, Side.YPred })
        {
            _shard.Tell(_settlement.Deliver(Halves.Of(1, side, 10)));
        }

        AwaitRest();
        Advance(SpillAfter);
        var tags = new List<ulong>();
        while (tags.Count < 4)
        {
            var commit = _joiner.ExpectMsg<JoinProtocol.Commit>();
            tags.Add(commit.First.Tag);
            if (commit.Second is { } second)
            {
                tags.Add(second.Tag);
            }
        }

        Assert.Equal([1ul, 2ul, 3ul, 4ul], tags);
        _joiner.ExpectNoMsg();
    }

    [Fact]
    public void Half_AfterTheHandOver_GetsANewCorrelator()
    {
        Send(1, Side.YTrue, 10);
        Advance(SpillAfter);
        _joiner.ExpectMsg<JoinProtocol.Commit>();
        Send(1, Side.YPred, 7);
        Assert.Equal(1, Tally().Waiting);
        Advance(SpillAfter);
        Assert.Equal(Side.YPred, _joiner.ExpectMsg<JoinProtocol.Commit>().First.Payload.Value.Side);
    }

    [Fact]
    public void Labels_TenMinutesLateAtFullRate_MemoryIsSecondsOfTraffic()
    {
        const int rate = 500;
        for (var second = 0; second < 60; second++)
        {
            for (var row = 0; row < rate; row++)
            {
                _shard.Tell(_settlement.Deliver(Halves.Of((second * rate) + row, Side.YPred, 7)));
            }

            Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(Tally().Waiting, 0, 2 * rate);
        }
    }

    [Fact]
    public void Drain_HalvesWaiting_HandsThemOver()
    {
        Send(1, Side.YTrue, 10);
        Send(2, Side.YPred, 7);
        _shard.Tell(ShardProtocol.Drain.Instance, TestActor);
        Assert.Equal(new ShardProtocol.Tally(0, 0, 2), ExpectMsg<ShardProtocol.Tally>());
        _joiner.ExpectMsg<JoinProtocol.Commit>();
        _joiner.ExpectMsg<JoinProtocol.Commit>();
    }

    [Fact]
    public void Drain_Empty_AnswersAtOnce()
    {
        _shard.Tell(ShardProtocol.Drain.Instance, TestActor);
        Assert.Equal(0, ExpectMsg<ShardProtocol.Tally>().Waiting);
    }

    private void Send(long id, Side side, double value)
    {
        _shard.Tell(_settlement.Deliver(Halves.Of(id, side, value)));
        AwaitRest();
    }

    private ShardProtocol.Tally Tally()
    {
        AwaitRest();
        _shard.Tell(ShardProtocol.GetTally.Instance, TestActor);
        return ExpectMsg<ShardProtocol.Tally>();
    }
}
