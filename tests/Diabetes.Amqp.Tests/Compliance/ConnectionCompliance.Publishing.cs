using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Compliance;

public abstract partial class ConnectionCompliance
{
    [Fact]
    public async Task Sink_Completed_HasConfirmedEachMessageOnce()
    {
        var queue = NewQueue();
        var writer = Writer(queue);

        await writer.WriteAsync(Numbers(0, 3000));
        await writer.CompleteAsync();

        Assert.Equal(Numbers(0, 3000).Order(), writer.Confirmed.All.Order());
        await DepthAsync(queue, messages: 3000, consumers: 0);
    }

    [Fact]
    public async Task Sink_NothingPublished_CompletesAtOnce() => await PublishAsync(NewQueue(), []);

    [Fact]
    public async Task Sink_SeveralAtOnce_KeepEachTheirOrder()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        Consume(queue, inbox, prefetch: 100);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => PublishAsync(queue, Numbers(0, 500).Select(i => $"{writer}:{i}"))));

        await inbox.WaitForAsync(2000);
        foreach (var ofOne in inbox.Payloads.GroupBy(static payload => payload[0]))
        {
            Assert.Equal(Numbers(0, 500).Select(i => $"{ofOne.Key}:{i}"), ofOne);
        }
    }

    [Fact]
    public async Task CommittableSink_AnswersToDeliveries_SettlesThem()
    {
        var (from, to) = (NewQueue(), NewQueue());
        var arrived = Inbox.Committing();
        Consume(to, arrived);
        var control = From(from, prefetch: 10)
            .Select(static batch => ImmutableArray.CreateRange(
                batch, static delivery => new Publication<string, ICommittable>(delivery.Payload, delivery)))
            .ToMaterialized(AmqpSink.CommittableSink<string>(AmqpSinkSettings.Create(Connection, to), Encode), DrainingControl<Done>.Create)
            .Run(Streams);

        await PublishAsync(from, Numbers(0, 100));

        await arrived.WaitForAsync(100);
        await control.DrainAndShutdown().WaitAsync(SafetyNet);
        Assert.Equal(Numbers(0, 100), arrived.Payloads);
        await DepthAsync(from, messages: 0, consumers: 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flow_SomeWithoutAMessage_LetsAllPassAndPublishesTheOthers(bool ordered)
    {
        var queue = NewQueue();
        var settings = AmqpSinkSettings.Create(Connection, queue).WithWindow(10);
        var passed = await Source.From(Enumerable.Range(0, 600))
            .Select(static i => i % 3 == 0 ? new Publication<string, int>($"{i}", i) : Publication.None<string, int>(i))
            .Grouped(50)
            .Select(static some => some.ToImmutableArray())
            .Via(ordered
            ? AmqpFlow.WithConfirm<string, int>(settings, Encode)
            : AmqpFlow.WithConfirmUnordered<string, int>(settings, Encode))
            .RunAggregate(ImmutableList<int>.Empty, static (all, some) => all.AddRange(some), Streams)
            .WaitAsync(SafetyNet);

        Assert.Equal(Enumerable.Range(0, 600), ordered ? passed : passed.Order());
        await DepthAsync(queue, messages: 200, consumers: 0);
    }

    [Fact]
    public async Task Message_PropertiesAndHeaders_ReachTheDecoder()
    {
        var queue = NewQueue();
        var sent = new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.Zero);
        await Source.Single(ImmutableArray.Create("body"))
            .RunWith(
                AmqpSink.Create<string>(AmqpSinkSettings.Create(Connection, queue), (message, outgoing) =>
                {
                    Encode(message, outgoing);
                    var properties = outgoing.Properties;
                    (properties.MessageId, properties.CorrelationId, properties.Type, properties.AppId) = (
                        "id", "correlation", "type", "app");
                    (properties.ContentType, properties.ContentEncoding, properties.Timestamp) = ("application/json", "identity", sent);
                    properties.SetHeader("traceparent", "00-aß");
                }),
                Streams)
            .WaitAsync(SafetyNet);

        var seen = await AmqpSource.CommittableSource(NamedQueueSourceSettings.Create(Connection, queue), Everything)
            .RunWith(Sink.First<ImmutableArray<CommittableMessage<string>>>(), Streams)
            .WaitAsync(SafetyNet);

        Assert.Equal($"body||{queue.Name}|id|correlation|type|app|application/json|identity|{sent:O}|00-aß|", Assert.Single(seen).Payload);
    }

    [Fact]
    public async Task Message_NothingSet_HasNoProperties()
    {
        var queue = NewQueue();
        await PublishAsync(queue, ["body"]);

        var seen = await AmqpSource.CommittableSource(NamedQueueSourceSettings.Create(Connection, queue), Everything)
            .RunWith(Sink.First<ImmutableArray<CommittableMessage<string>>>(), Streams)
            .WaitAsync(SafetyNet);

        Assert.Equal($"body||{queue.Name}|||||||||", Assert.Single(seen).Payload);
    }

    [Fact]
    public async Task Encoder_SetsTheRoutingKey_OfThisMessageOnly()
    {
        var (usual, other) = (NewQueue(), NewQueue());
        var elsewhere = new Inbox();
        Consume(other, elsewhere);
        await DepthAsync(other, messages: 0, consumers: 1);
        await Source.Single(ImmutableArray.Create("0", "elsewhere", "2"))
            .RunWith(
                AmqpSink.Create<string>(AmqpSinkSettings.Create(Connection, usual), (message, outgoing) =>
                {
                    Encode(message, outgoing);
                    outgoing.RoutingKey = message == "elsewhere" ? other.Name : outgoing.RoutingKey;
                }),
                Streams)
            .WaitAsync(SafetyNet);

        var inbox = new Inbox();
        Consume(usual, inbox);
        await inbox.WaitForAsync(2);
        Assert.Equal(["0", "2"], inbox.Payloads);
        Assert.Equal("elsewhere", Assert.Single(await elsewhere.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Encoder_Throws_FailsTheStream()
    {
        var sink = AmqpSink.Create<string>(
            AmqpSinkSettings.Create(Connection, NewQueue()), static (_, _) => throw new FormatException("cannot be written"));

        var end = Source.Single(ImmutableArray.Create("0")).RunWith(sink, Streams);

        await Assert.ThrowsAsync<FormatException>(() => end.WaitAsync(SafetyNet));
    }

    private static string Everything(in IncomingMessage message)
    {
        var properties = message.Properties;
        return string.Join(
            '|', Inbox.Decode(message), message.Exchange, message.RoutingKey, properties.MessageId, properties.CorrelationId,
            properties.Type, properties.AppId, properties.ContentType, properties.ContentEncoding,
            properties.Timestamp?.ToString("O"), properties.Header("traceparent"), properties.Header("none"));
    }
}
