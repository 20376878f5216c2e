namespace Diabetes.Streams.Tests;

public abstract partial class BrokerCompliance
{
    [Fact]
    public async Task Source_ManyPublished_ReceivesInOrder()
    {
        var queue = NewQueue();
        var inbox = new Inbox(static delivery => delivery.Ack());
        var sink = Sink(queue);
        await Source(queue).StartAsync(inbox.Receive, None);

        await PublishAsync(sink, Numbers(0, 5000));

        await inbox.WaitForAsync(5000);
        Assert.Equal(Numbers(0, 5000), inbox.Payloads);
    }

    [Fact]
    public async Task Source_PublishedBeforeAnyConsumer_ReceivesAll()
    {
        var queue = NewQueue();
        await PublishAsync(Sink(queue), Numbers(0, 10));

        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);

        await inbox.WaitForAsync(10);
        Assert.Equal(Numbers(0, 10), inbox.Payloads);
    }

    [Fact]
    public async Task Source_StartedBeforeTheQueueExists_ReceivesWhatComes()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);

        await PublishAsync(Sink(queue), ["first"]);

        Assert.Equal("first", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Source_PrefetchFull_HandsOutNoMoreUntilOneIsSettled()
    {
        var queue = NewQueue(prefetch: 3);
        var inbox = new Inbox();
        var source = Source(queue);
        await source.StartAsync(inbox.Receive, None);
        await PublishAsync(Sink(queue), Numbers(0, 10));
        var held = await inbox.WaitForAsync(3);
        await RoundTripAsync();
        Assert.Equal(3, inbox.Deliveries.Count);
        Assert.Equal(3, source.Unsettled);

        held[1].Ack();

        await inbox.WaitForAsync(4);
        await RoundTripAsync();
        Assert.Equal(Numbers(0, 4), inbox.Payloads);
        Assert.Equal(3, source.Unsettled);
    }

    [Fact]
    public async Task Source_TwoOnOneQueue_ShareItsMessages()
    {
        var queue = NewQueue(prefetch: 10);
        var (left, right) = (new Inbox(), new Inbox());
        await Source(queue).StartAsync(left.Receive, None);
        await Source(queue).StartAsync(right.Receive, None);

        await PublishAsync(Sink(queue), Numbers(0, 20));

        await left.WaitForAsync(10);
        await right.WaitForAsync(10);
        Assert.Equal(Numbers(0, 20).Order(), left.Payloads.Concat(right.Payloads).Order());
    }

    [Fact]
    public async Task Source_StartedTwice_Throws()
    {
        var source = Source(NewQueue());
        await source.StartAsync(static _ => { }, None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => source.StartAsync(static _ => { }, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Source_BodyOfAnySize_ArrivesWhole(int length)
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);
        var body = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));

        await PublishAsync(Sink(queue), [body]);

        Assert.Equal(body, Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Source_Stopped_HandsOutNoMoreAndStillSettles()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        var source = Source(queue);
        var sink = Sink(queue);
        await source.StartAsync(inbox.Receive, None);
        await PublishAsync(sink, Numbers(0, 4));
        var held = await inbox.WaitForAsync(4);

        await source.StopAsync(None);
        await PublishAsync(sink, Numbers(4, 4));
        await RoundTripAsync();
        Assert.Equal(4, inbox.Deliveries.Count);

        held[0].Ack();
        held[2].Ack();
        await source.DisposeAsync();
        var next = new Inbox();
        await Source(queue).StartAsync(next.Receive, None);
        await next.WaitForAsync(6);
        await RoundTripAsync();
        Assert.Equal(["1", "3", "4", "5", "6", "7"], next.Payloads);
    }
}
