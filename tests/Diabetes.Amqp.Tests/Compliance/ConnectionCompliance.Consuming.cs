using Akka.Streams.TestKit;
using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Compliance;

public abstract partial class ConnectionCompliance
{
    [Fact]
    public async Task Source_ManyPublished_ReceivesInOrder()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        Consume(queue, inbox);

        await PublishAsync(queue, Numbers(0, 5000));

        await inbox.WaitForAsync(5000);
        Assert.Equal(Numbers(0, 5000), inbox.Payloads);
    }

    [Fact]
    public async Task Source_PublishedBeforeAnyConsumer_ReceivesAll()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 10));

        var inbox = new Inbox();
        Consume(queue, inbox);

        await inbox.WaitForAsync(10);
        Assert.Equal(Numbers(0, 10), inbox.Payloads);
    }

    [Fact]
    public async Task Source_StartedBeforeTheQueueExists_ReceivesWhatComes()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        Consume(queue, inbox);
        await DepthAsync(queue, messages: 0, consumers: 1);

        await PublishAsync(queue, ["first"]);

        Assert.Equal("first", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Source_PrefetchFull_HandsOutNoMoreUntilOneIsSettled()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        var control = Consume(queue, inbox, prefetch: 3);
        await PublishAsync(queue, Numbers(0, 10));
        var held = await inbox.WaitForAsync(3);
        await RoundTripAsync();
        Assert.Equal(3, inbox.All.Count);
        Assert.Equal(3, control.Unsettled);

        held[1].Commit();

        await inbox.WaitForAsync(4);
        await RoundTripAsync();
        Assert.Equal(Numbers(0, 4), inbox.Payloads);
        Assert.Equal(3, control.Unsettled);
    }

    [Fact]
    public async Task Source_TwoOnOneQueue_ShareItsMessages()
    {
        var queue = NewQueue();
        var (left, right) = (new Inbox(), new Inbox());
        Consume(queue, left, prefetch: 10);
        Consume(queue, right, prefetch: 10);
        await DepthAsync(queue, messages: 0, consumers: 2);

        await PublishAsync(queue, Numbers(0, 20));

        await left.WaitForAsync(10);
        await right.WaitForAsync(10);
        Assert.Equal(Numbers(0, 20).Order(), left.Payloads.Concat(right.Payloads).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Source_BodyOfAnySize_ArrivesWhole(int length)
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        Consume(queue, inbox);
        var body = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));

        await PublishAsync(queue, [body]);

        Assert.Equal(body, Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Source_NobodyPulls_KeepsNoMoreThanThePrefetch()
    {
        var queue = NewQueue();
        var (control, probe) = From(queue, prefetch: 300)
            .ToMaterialized(this.SinkProbe<ImmutableArray<CommittableMessage<string>>>(), Keep.Both).Run(Streams);
        await PublishAsync(queue, Numbers(0, 400));
        await DepthAsync(queue, messages: 100, consumers: 1);
        Assert.Equal(300, control.Unsettled);

        var first = probe.RequestNext();
        var second = probe.RequestNext();

        Assert.Equal([256, 44], [first.Length, second.Length]);
        Assert.Equal(Numbers(0, 300), first.Concat(second).Select(static delivery => delivery.Payload));
    }

    [Fact]
    public async Task Decoder_Throws_FailsTheStreamAndTheMessageStaysWithTheBroker()
    {
        var queue = NewQueue();
        var settings = NamedQueueSourceSettings.Create(Connection, queue);
        var (control, end) = AmqpSource.CommittableSource<string>(
            settings, static (in IncomingMessage _) => throw new FormatException("cannot be read"))
            .ToMaterialized(Sink.Ignore<ImmutableArray<CommittableMessage<string>>>(), Keep.Both)
            .Run(Streams);

        await PublishAsync(queue, ["0"]);

        await Assert.ThrowsAsync<FormatException>(() => end.WaitAsync(SafetyNet));
        await control.IsShutdown.WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: 1, consumers: 0);
    }
}
