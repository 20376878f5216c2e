using Diabetes.Actors;
using Diabetes.Hosting;
using Diabetes.Nodes.Tests.Plot;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;

namespace Diabetes.Nodes.Tests.Bridge;

public sealed class DeadLettersActorTests : TestKit
{
    private readonly RecordedBroker<QuarantineEntry> _broker = new();
    private readonly RecordedSettlement _settlement = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ListLogger _log = new();

    [Fact]
    public void Publish_Letter_IsSettledByTheBrokersConfirmOnly()
    {
        var actor = Start(limit: 10);
        Publish(actor);
        AwaitRest();
        Assert.Single(_broker.Recorded.Messages);
        Assert.Empty(_settlement.Acked);

        _broker.Recorded.Confirm();
        Assert.Equal([1ul], _settlement.Acked);
    }

    [Fact]
    public async Task Publish_InProcess_WaitsWholeInTheQueueBesideTheOneItCameFrom()
    {
        await using var broker = new InProcessBroker(new InProcessBrokerOptions());
        var actor = Start(limit: 10, broker);
        Publish(actor, new byte[100_000]);
        AwaitRest();
        Assert.Equal([1ul], _settlement.Acked);

        var found = new TaskCompletionSource<QuarantineEntry?>();
        await using var source = broker.Source(new QueueSpec("y_true.dead"), DeadLetterFormat.Read);
        await source.StartAsync(delivery => found.TrySetResult(delivery.Payload), CancellationToken.None);
        var letter = await found.Task;
        Assert.Equal(("y_true", "NotJson", "found", 100_000), (letter?.Queue, letter?.Reason, letter?.Detail, letter?.Body.Length));
        Assert.Equal(Time!.GetUtcNow(), letter?.At);
    }

    [Fact]
    public void Publish_QueueFull_IsSettledFromTheFileAloneAndSaidOnce()
    {
        _broker.Depth = 8;
        var actor = Start(limit: 10);
        for (var i = 0; i < 5; i++)
        {
            Publish(actor);
        }

        AwaitRest();
        Assert.Equal(2, _broker.Recorded.Messages.Count);
        Assert.Equal([3ul, 4ul, 5ul], _settlement.Acked);
        Assert.Equal(1, _log.Count(2014));
    }

    [Fact]
    public void Publish_QueueEmptiedLater_SendsAgain()
    {
        _broker.Depth = 10;
        var actor = Start(limit: 10);
        Publish(actor);
        AwaitRest();
        _broker.Depth = 0;
        Publish(actor);
        AwaitRest();
        Assert.Empty(_broker.Recorded.Messages);

        Advance(TimeSpan.FromSeconds(10));
        Publish(actor);
        AwaitRest();
        Assert.Single(_broker.Recorded.Messages);
        Assert.Equal(1, _log.Count(2015));
    }

    [Fact]
    public void Publish_ManyLetters_AsksTheBrokerOnceForEachHandful()
    {
        var actor = Start(limit: 1000);
        for (var i = 0; i < 250; i++)
        {
            Publish(actor);
        }

        AwaitRest();
        Assert.Equal((250, 3), (_broker.Recorded.Messages.Count, _broker.Looks));
    }

    [Fact]
    public void Publish_LimitZero_AsksNoBroker()
    {
        Publish(Start(limit: 0));
        AwaitRest();
        Assert.Equal([1ul], _settlement.Acked);
        Assert.Equal(0, _broker.Looks);
    }

    [Fact]
    public void Publish_BrokerRefuses_KeepsTheMessageAndFailsTheNode()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        _broker.Refusal = new BrokerRefusedException("not permitted");
        Publish(Start(limit: 10));

        Assert.Contains("'y_true.dead'", ExpectMsg<NodeFailed>().What, StringComparison.Ordinal);
        Assert.Equal([(1ul, NackReason.NotDurable)], _settlement.Nacked);
    }

    [Fact]
    public void GiveUp_WaitingForRoom_GivesTheDeliveryBack()
    {
        _broker.Recorded.Fill();
        Publish(Start(limit: 10));
        AwaitRest();
        _giveUp.Cancel();
        AwaitCondition(() => _settlement.Nacked.Contains((1ul, NackReason.Draining)));
    }

    [Fact]
    public void FlushThenClose_Letters_AreConfirmedAndTheSinkIsGone()
    {
        var actor = Start(limit: 10);
        Publish(actor);
        actor.Tell(DeadLettersProtocol.Flush.Instance, TestActor);
        ExpectMsg<DeadLettersProtocol.Flushed>();
        Assert.Equal([1ul], _settlement.Acked);

        Publish(actor);
        actor.Tell(DeadLettersProtocol.Close.Instance, TestActor);
        Assert.Equal(1, ExpectMsg<DeadLettersProtocol.Closed>().Unconfirmed);
        Assert.True(_broker.Recorded.IsDisposed);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _giveUp.Dispose();
    }

    private IActorRef Start(int limit, IBroker? broker = null)
    {
        var (to, time, log, giveUp) = (broker ?? _broker, Time!, _log, _giveUp.Token);
        return ActorOf(Props.Create(() => new DeadLettersActor(to, limit, time, log, giveUp)));
    }

    private void Publish(IActorRef actor, byte[]? body = null) => actor.Tell(new DeadLettersProtocol.Publish(
        new QuarantineEntry(Time!.GetUtcNow(), "y_true", "NotJson", "found", body ?? [1, 2]), _settlement.Deliver("payload")));
}
