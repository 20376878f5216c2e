using Diabetes.Actors;
using Diabetes.Hosting;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;

namespace Diabetes.Nodes.Tests.Bridge;

public sealed class SinkActorTests : TestKit
{
    private readonly RecordedSink<string> _sink = new();
    private readonly RecordedSettlement _settlement = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly IActorRef _actor;

    public SinkActorTests()
    {
        var (sink, giveUp) = (_sink, _giveUp.Token);
        _actor = ActorOf(Props.Create(() => new SinkActor<string>(sink, giveUp)));
    }

    [Fact]
    public void Publish_Confirmed_SettlesTheDelivery()
    {
        Publish("one");
        AwaitRest();
        Assert.Equal(["one"], _sink.Messages);
        Assert.Empty(_settlement.Acked);
        _sink.Confirm();
        Assert.Equal([1ul], _settlement.Acked);
    }

    [Fact]
    public void Publish_NoRoom_KeepsTheOrderWhenThereIs()
    {
        _sink.Fill();
        Publish("one");
        Publish("two");
        AwaitRest();
        Assert.Empty(_sink.Messages);
        _sink.MakeRoom();
        _actor.Tell(SinkProtocol.Flush.Instance, TestActor);
        ExpectMsg<SinkProtocol.Flushed>();
        Assert.Equal(["one", "two"], _sink.Messages);
    }

    [Fact]
    public void GiveUp_WaitingForRoom_GivesTheDeliveryBack()
    {
        _sink.Fill();
        Publish("one");
        AwaitRest();
        _giveUp.Cancel();
        AwaitCondition(() => _settlement.Nacked.Contains((1ul, NackReason.Draining)));
    }

    [Fact]
    public void Close_Unconfirmed_CountsThem()
    {
        Watch(_actor);
        Publish("one");
        _actor.Tell(SinkProtocol.Close.Instance, TestActor);
        Assert.Equal(1, ExpectMsg<SinkProtocol.Closed>().Unconfirmed);
        ExpectTerminated(_actor);
        Assert.True(_sink.IsDisposed);
    }

    [Fact]
    public void Publish_Refused_GivesTheDeliveriesBackAndEndsTheNodeOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        _sink.Refuse();
        Publish("one");
        Publish("two");
        Assert.IsType<BrokerRefusedException>(ExpectMsg<NodeFailed>().Cause);
        AwaitCondition(() => _settlement.Nacked.Count == 2);
        Assert.All(_settlement.Nacked, nack => Assert.Equal(NackReason.NotDurable, nack.Reason));
        ExpectNoMsg();
    }

    [Fact]
    public void Flush_Refused_SaysSo()
    {
        _sink.Refuse();
        _actor.Tell(SinkProtocol.Flush.Instance, TestActor);
        Assert.IsType<BrokerRefusedException>(ExpectMsg<Status.Failure>().Cause);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _giveUp.Dispose();
    }

    private void Publish(string message) => _actor.Tell(new SinkProtocol.Publish<string>(message, _settlement.Deliver(message)));
}
