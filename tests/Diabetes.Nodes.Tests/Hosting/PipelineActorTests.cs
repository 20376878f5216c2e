using System.Collections.Immutable;
using System.Text;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Shutdown;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Hosting;

public sealed class PipelineActorTests : VirtualTimeTestKit
{
    private readonly RecordedConnection _broker = new();

    public PipelineActorTests() => Answers.HoldConfirms();

    private RecordedConsumer Questions => _broker.From("questions");

    private RecordedQueue Answers => _broker["answers"];

    [Fact]
    public void Publish_Confirmed_SettlesTheDelivery()
    {
        Echo();
        Questions.Deliver("one", "two");
        AwaitRest();
        Assert.Equal(["one", "two"], Answers.Messages);
        Assert.Empty(Questions.Acked);

        Answers.Confirm();
        AwaitRest();
        Assert.Equal([1ul, 2ul], Questions.Acked);
    }

    [Fact]
    public void Publish_NoRoom_KeepsTheOrderWhenThereIs()
    {
        Answers.Fill();
        Echo();
        Questions.Deliver("one");
        AwaitRest();
        Questions.Deliver("two");
        AwaitRest();
        Assert.Empty(Answers.Messages);

        Answers.MakeRoom();
        AwaitRest();
        Assert.Equal(["one", "two"], Answers.Messages);
    }

    [Fact]
    public async Task Stop_LaterMessages_StayInTheQueue()
    {
        await using var broker = new InProcessConnection();
        var owner = Take(broker);
        owner.Tell(PipelineProtocol.Stop.Instance, TestActor);
        ExpectMsg<PipelineProtocol.Stopped>();

        Send(broker, "one");
        ExpectNoMsg();
        Assert.Equal(1, (await broker.InspectAsync("questions", CancellationToken.None))?.Messages);
    }

    [Fact]
    public void Drain_AnswerUnconfirmed_WaitsForTheConfirm()
    {
        var owner = Echo();
        Questions.Deliver("one");
        AwaitRest();
        owner.Tell(PipelineProtocol.Stop.Instance, TestActor);
        ExpectMsg<PipelineProtocol.Stopped>();
        owner.Tell(PipelineProtocol.Drain.Instance, TestActor);
        ExpectNoMsg();

        Answers.Confirm();
        ExpectMsg<PipelineProtocol.Drained>();
        Assert.Equal([1ul], Questions.Acked);
        owner.Tell(PipelineProtocol.Close.Instance, TestActor);
        Assert.Equal(new PipelineProtocol.Closed(0), ExpectMsg<PipelineProtocol.Closed>());
    }

    [Fact]
    public void Close_Unconfirmed_CountsThem()
    {
        var owner = Echo();
        Questions.Deliver("one", "two");
        AwaitRest();
        owner.Tell(PipelineProtocol.Stop.Instance, TestActor);
        ExpectMsg<PipelineProtocol.Stopped>();
        owner.Tell(PipelineProtocol.Close.Instance, TestActor);

        Assert.Equal(2, ExpectMsg<PipelineProtocol.Closed>().Unsettled);
        Assert.Empty(Questions.Acked);
        Assert.True(Questions.IsDisposed);
    }

    [Fact]
    public async Task Close_Unsettled_CountsThemAndTheyComeAgain()
    {
        await using var broker = new InProcessConnection();
        var owner = Take(broker);
        Send(broker, "one");
        Assert.False(ExpectMsg<CommittableMessage<string>>().Redelivered);
        owner.Tell(PipelineProtocol.GetState.Instance, TestActor);
        Assert.Equal(new PipelineProtocol.State("questions", 1), ExpectMsg<PipelineProtocol.State>());

        owner.Tell(PipelineProtocol.Close.Instance, TestActor);
        Assert.Equal(1, ExpectMsg<PipelineProtocol.Closed>().Unsettled);
        Take(broker);
        Assert.True(ExpectMsg<CommittableMessage<string>>().Redelivered);
    }

    [Fact]
    public void Consume_Refused_EndsTheNodeOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        _broker.Refusal = new AmqpRefusedException("Not for you.");
        Take(_broker);

        var failed = ExpectMsg<NodeFailed>();
        Assert.Same(_broker.Refusal, failed.Cause);
        Assert.Contains("'questions'", failed.What, StringComparison.Ordinal);
        ExpectNoMsg();
    }

    [Fact]
    public void Publish_Refused_LeavesTheDeliveriesUnsettledAndEndsTheNodeOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        Echo();
        Questions.Deliver("one", "two");
        AwaitRest();
        Answers.Refuse();

        Assert.IsType<AmqpRefusedException>(ExpectMsg<NodeFailed>().Cause);
        ExpectNoMsg();
        Assert.Empty(Questions.Acked);
        Assert.True(Questions.IsDisposed);
        Assert.False(Answers.IsOpen);
    }

    [Fact]
    public void Drain_Refused_SaysSo()
    {
        var owner = Echo();
        Answers.Refuse();
        owner.Tell(PipelineProtocol.Drain.Instance, TestActor);
        Assert.IsType<AmqpRefusedException>(ExpectMsg<Status.Failure>().Cause);
    }

    /// <summary>A pipeline that answers each message with itself.</summary>
    private IActorRef Echo()
    {
        var pipeline = Source(_broker)
            .Select(batch => batch.Select(message => new Publication<string, ICommittable>(message.Payload, message)).ToImmutableArray())
            .ToMaterialized(AmqpSink.CommittableSink<string>(AmqpSinkSettings.Create(_broker, new QueueDeclaration("answers")), Write),
                DrainingControl<Done>.Create);
        return Run(pipeline);
    }

    /// <summary>A pipeline that tells the test what comes and settles nothing.</summary>
    private IActorRef Take(AmqpConnection broker)
    {
        var taker = TestActor;
        return Run(Source(broker).ToMaterialized(
            Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(batch =>
            {
                foreach (var message in batch)
                {
                    taker.Tell(message);
                }
            }),
            DrainingControl<Done>.Create));
    }

    private IActorRef Run(IRunnableGraph<DrainingControl<Done>> pipeline)
    {
        var owner = Sys.ActorOf(Props.Create(() => new PipelineActor("questions", pipeline)));
        AwaitRest();
        return owner;
    }

    private static Source<ImmutableArray<CommittableMessage<string>>, IControl> Source(AmqpConnection broker) =>
        AmqpSource.CommittableSource(
            NamedQueueSourceSettings.Create(broker, new QueueDeclaration("questions")),
            (in IncomingMessage message) => Encoding.UTF8.GetString(message.Body));

    private void Send(AmqpConnection broker, string message) =>
        Akka.Streams.Dsl.Source.Single(ImmutableArray.Create(message)).RunWith(
            AmqpSink.Create<string>(AmqpSinkSettings.Create(broker, new QueueDeclaration("questions")), Write),
            Akka.Streams.ActorMaterializerExtensions.Materializer(Sys)).Wait(SafetyNet);

    private static void Write(string message, OutgoingMessage outgoing) => Encoding.UTF8.GetBytes(message, outgoing.Body);
}
