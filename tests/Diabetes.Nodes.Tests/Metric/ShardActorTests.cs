using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Metric;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Metric;

public sealed class ShardActorTests : TestKit
{
    private const int Remembered = 2;
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _ledger;
    private readonly TestProbe _quarantine;
    private readonly IActorRef _shard;

    public ShardActorTests()
    {
        _ledger = CreateTestProbe();
        _quarantine = CreateTestProbe();
        var peers = new CorrelatorPeers(_ledger.Ref, _quarantine.Ref, "y_true", "y_pred");
        _shard = ActorOf(Props.Create(() => new ShardActor(peers, Remembered)));
    }

    [Theory]
    [InlineData(Side.YTrue, Side.YPred)]
    [InlineData(Side.YPred, Side.YTrue)]
    public void Halves_InAnyOrder_JoinOnce(Side first, Side second)
    {
        Send(1, first, 10);
        _ledger.ExpectNoMsg();
        Send(1, second, 10);
        Assert.Equal(0, _ledger.ExpectMsg<LedgerProtocol.Append>().Pair.AbsoluteError);
        _ledger.ExpectNoMsg();
        Assert.Empty(_settlement.Acked);
    }

    [Fact]
    public void Half_Alone_WaitsUnsettled()
    {
        Send(1, Side.YTrue, 10);
        Assert.Equal(new JoinTally(0, 1, 0, 0), Tally());
        Assert.Empty(_settlement.Acked);
        Assert.Empty(_settlement.Nacked);
    }

    [Fact]
    public void Half_SameAgainWhileWaiting_IsSettledAndCounted()
    {
        Send(1, Side.YTrue, 10);
        Send(1, Side.YTrue, 10);
        Assert.Equal(new JoinTally(0, 1, 1, 0), Tally());
        Assert.Equal([2ul], _settlement.Acked);
    }

    [Fact]
    public void Half_AnotherValue_IsSetAsideAndTheFirstStands()
    {
        Send(1, Side.YTrue, 10);
        Send(1, Side.YTrue, 11);
        var aside = _quarantine.ExpectMsg<QuarantineProtocol.SetAside>();
        Assert.Equal(("y_true", "ConflictingValue"), (aside.Queue, aside.Reason));
        Assert.Equal("""{"id":1,"body":11.0}""", System.Text.Encoding.UTF8.GetString(aside.Body.Span));
        Send(1, Side.YPred, 7);
        Assert.Equal(10, _ledger.ExpectMsg<LedgerProtocol.Append>().Pair.YTrue);
    }

    [Fact]
    public void Half_AfterTheJoin_IsKnown()
    {
        Join(1);
        Send(1, Side.YTrue, 10);
        Send(1, Side.YPred, 8);
        Assert.Equal("ConflictingValue", _quarantine.ExpectMsg<QuarantineProtocol.SetAside>().Reason);
        Assert.Equal(new JoinTally(1, 0, 1, 1), Tally());
        Assert.Equal([3ul], _settlement.Acked);
    }

    [Fact]
    public void Halves_AtOnceBehindAJoin_AreSettledByTheCorrelatorThatGoes()
    {
        foreach (var (side, value) in new[] { (Side.YTrue, 10.0), (Side.YPred, 7.0), (Side.YTrue, 10.0), (Side.YPred, 7.0) })
        {
            _shard.Tell(_settlement.Deliver(Read(1, side, value)));
        }

        _ledger.ExpectMsg<LedgerProtocol.Append>();
        Assert.Equal(new JoinTally(1, 0, 2, 0), Tally());
        Assert.Equal([3ul, 4ul], _settlement.Acked.Order());
    }

    [Fact]
    public void Joined_MoreThanRemembered_OldestIsForgotten()
    {
        Join(1);
        Join(2);
        Join(3);
        Send(1, Side.YTrue, 10);
        Assert.Equal(1, Tally().Pending);
        Send(3, Side.YTrue, 10);
        Assert.Equal(1, Tally().Duplicates);
    }

    [Fact]
    public void Drain_HalvesWaiting_GivesThemBack()
    {
        Send(1, Side.YTrue, 10);
        Send(2, Side.YPred, 7);
        Join(3);
        _shard.Tell(ShardProtocol.Drain.Instance, TestActor);
        Assert.Equal(2, ExpectMsg<ShardProtocol.Drained>().Tally.Pending);
        Assert.Equal([(1ul, NackReason.Draining), (2ul, NackReason.Draining)], _settlement.Nacked.Order());
    }

    [Fact]
    public void Drain_Empty_AnswersAtOnce()
    {
        _shard.Tell(ShardProtocol.Drain.Instance, TestActor);
        Assert.Equal(default, ExpectMsg<ShardProtocol.Drained>().Tally);
    }

    private void Join(long id)
    {
        Send(id, Side.YTrue, 10);
        Send(id, Side.YPred, 7);
        _ledger.ExpectMsg<LedgerProtocol.Append>();
    }

    private void Send(long id, Side side, double value)
    {
        _shard.Tell(_settlement.Deliver(Read(id, side, value)));
        AwaitRest();
    }

    private JoinTally Tally()
    {
        AwaitRest();
        _shard.Tell(ShardProtocol.GetTally.Instance, TestActor);
        return ExpectMsg<JoinTally>();
    }

    private static Decoded<Half> Read(long id, Side side, double value)
    {
        Assert.True(ObservationId.TryParse(System.Text.Encoding.ASCII.GetBytes($"{id}"), false, out var parsed));
        return new Decoded<Half>(new Half(parsed, side, value));
    }
}
