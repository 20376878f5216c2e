using System.Collections.Immutable;
using System.Text;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Quarantine;
using Diabetes.Hosting.Shutdown;
using Diabetes.Nodes.Tests.Nodes.Plot;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Hosting;

/// <summary>The whole way of an unusable message: file, queue of set-aside messages, settlement.</summary>
public sealed class QuarantineTests : VirtualTimeTestKit
{
    private readonly RecordedConnection _broker = new();
    private readonly RefusingQuarantine _file = new();
    private readonly RecordedSettlement _settlement = new();
    private readonly ListLogger _log = new();

    public QuarantineTests() => Letters.HoldConfirms();

    private RecordedQueue Letters => _broker["y_true.dead"];

    [Fact]
    public void Publish_Letter_IsSettledByTheBrokersConfirmOnly()
    {
        var (quarantine, _) = Start(limit: 10);
        SetAside(quarantine);
        Assert.Single(_file.Entries);
        Assert.Single(Letters.Messages);
        Assert.Empty(_settlement.Acked);

        Letters.Confirm();
        AwaitRest();
        Assert.Equal([1ul], _settlement.Acked);
    }

    [Fact]
    public void Publish_DiskRefuses_SendsNoLetter()
    {
        _file.Refuses = true;
        var (quarantine, _) = Start(limit: 10);
        SetAside(quarantine);
        Assert.False(Letters.IsOpen);

        _file.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        Assert.Single(Letters.Messages);
    }

    [Fact]
    public async Task Publish_InProcess_WaitsWholeInTheQueueBesideTheOneItCameFrom()
    {
        await using var broker = new InProcessConnection();
        var (quarantine, _) = Start(limit: 10, broker);
        SetAside(quarantine, new byte[100_000]);
        Assert.Equal([1ul], _settlement.Acked);

        var found = await AmqpSource.CommittableSource(
                NamedQueueSourceSettings.Create(broker, new QueueDeclaration("y_true.dead")),
                (in IncomingMessage message) => SetAsideLetter.Read(message.Body, message.Properties))
            .RunWith(Sink.First<ImmutableArray<CommittableMessage<QuarantineEntry?>>>(), Sys.Materializer());
        var letter = Assert.Single(found).Payload;
        Assert.Equal(("y_true", "NotJson", "found", 100_000), (letter?.Queue, letter?.Reason, letter?.Detail, letter?.Body.Length));
        Assert.Equal(Time.GetUtcNow(), letter?.At);
    }

    [Fact]
    public void Publish_QueueFull_IsSettledFromTheFileAloneAndSaidOnce()
    {
        _broker.Depth = 8;
        var (quarantine, _) = Start(limit: 10);
        for (var i = 0; i < 5; i++)
        {
            SetAside(quarantine);
        }

        Assert.Equal(2, Letters.Messages.Count);
        Assert.Equal([3ul, 4ul, 5ul], _settlement.Acked);
        Assert.Equal(5, _file.Entries.Count);
        Assert.Equal(1, _log.Count(2014));
    }

    [Fact]
    public void Publish_QueueEmptiedLater_SendsAgain()
    {
        _broker.Depth = 10;
        var (quarantine, _) = Start(limit: 10);
        SetAside(quarantine);
        _broker.Depth = 0;
        SetAside(quarantine);
        Assert.Empty(Letters.Messages);

        Advance(TimeSpan.FromSeconds(10));
        SetAside(quarantine);
        Assert.Single(Letters.Messages);
        Assert.Equal(1, _log.Count(2015));
    }

    [Fact]
    public void Publish_ManyLetters_AsksTheBrokerOnceForEachHandful()
    {
        var (quarantine, _) = Start(limit: 1000);
        for (var i = 0; i < 250; i++)
        {
            SetAside(quarantine);
        }

        Assert.Equal((250, 3), (Letters.Messages.Count, _broker.Looks));
    }

    [Fact]
    public void Publish_LimitZero_AsksNoBroker()
    {
        var (quarantine, _) = Start(limit: 0);
        SetAside(quarantine);
        Assert.Equal([1ul], _settlement.Acked);
        Assert.Equal(0, _broker.Looks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Publish_QueueNotPermitted_IsSettledFromTheFileAloneUntilItIs(bool mayLook)
    {
        _broker.Refusal = mayLook ? null : new AmqpRefusedException("not permitted");
        (_broker.Depth, _broker.MayDeclare) = (null, false);
        var (quarantine, _) = Start(limit: 10);
        SetAside(quarantine);
        SetAside(quarantine);
        Assert.Equal([1ul, 2ul], _settlement.Acked);
        Assert.Empty(Letters.Messages);
        Assert.Equal((2, 1), (_file.Entries.Count, _log.Count(2016)));

        (_broker.Refusal, _broker.MayDeclare) = (null, true);
        Advance(TimeSpan.FromSeconds(10));
        SetAside(quarantine);
        Assert.Single(Letters.Messages);
        Assert.Equal((1, 1), (_log.Count(2015), _log.Count(2016)));
    }

    [Fact]
    public void Publish_BrokerRefuses_KeepsTheMessageAndFailsTheNode()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        var quarantine = new QueueQuarantine("y_true", _file, _broker, 10, Time, _log);
        var pipeline = AmqpSource.CommittableSource(
                NamedQueueSourceSettings.Create(_broker, new QueueDeclaration("y_true")),
                (in IncomingMessage message) => Encoding.UTF8.GetString(message.Body))
            .Select(batch => new Sorted<ICommittable>(
                [],
                [.. batch.Select(message =>
                    new SetAside("y_true", "NotJson", message.Payload, Encoding.UTF8.GetBytes(message.Payload), message))]))
            .SetAsideTo(quarantine.Sink())
            .EndWith(Committer.Sink());
        Sys.ActorOf(Props.Create(() => new PipelineActor("y_true", pipeline)));
        AwaitRest();
        Letters.Refuse();
        _broker.From("y_true").Deliver("junk");

        var failed = ExpectMsg<NodeFailed>();
        Assert.Contains("'y_true'", failed.What, StringComparison.Ordinal);
        Assert.IsType<AmqpRefusedException>(failed.Cause);
        ExpectNoMsg();
        Assert.Empty(_broker.From("y_true").Acked);
        Assert.True(_broker.From("y_true").IsDisposed);
    }

    [Fact]
    public async Task Complete_LetterUnconfirmed_WaitsForTheConfirm()
    {
        var (quarantine, done) = Start(limit: 10);
        SetAside(quarantine);
        quarantine.Tell(new Status.Success(NotUsed.Instance), TestActor);
        AwaitRest();
        Assert.False(done.IsCompleted);
        Assert.True(Letters.IsOpen);

        Letters.Confirm();
        await done.WaitAsync(SafetyNet);
        AwaitRest();
        Assert.Equal([1ul], _settlement.Acked);
        Assert.False(Letters.IsOpen);
    }

    [Fact]
    public async Task Complete_NothingSetAside_OpensNoChannel()
    {
        var (quarantine, done) = Start(limit: 10);
        quarantine.Tell(new Status.Success(NotUsed.Instance), TestActor);
        await done.WaitAsync(SafetyNet);
        Assert.False(Letters.IsOpen);
    }

    private (IActorRef Quarantine, Task<Done> Done) Start(int limit, AmqpConnection? broker = null) =>
        Source.ActorRef<ImmutableArray<SetAside>>(1000, OverflowStrategy.Fail)
            .ToMaterialized(new QueueQuarantine("y_true", _file, broker ?? _broker, limit, Time, _log).Sink(), Keep.Both)
            .Run(Sys.Materializer());

    private void SetAside(IActorRef quarantine, byte[]? body = null)
    {
        quarantine.Tell(
            ImmutableArray.Create(new SetAside("y_true", "NotJson", "found", body ?? [1, 2], _settlement.Deliver("payload"))), TestActor);
        AwaitRest();
    }
}
