namespace Diabetes.Streams.Tests;

public abstract partial class BrokerCompliance
{
    [Fact]
    public async Task Delivery_Acked_NeverComesAgain()
    {
        var queue = NewQueue();
        var first = new Inbox(static delivery => delivery.Ack());
        var source = Source(queue);
        await source.StartAsync(first.Receive, None);
        var sink = Sink(queue);
        await PublishAsync(sink, Numbers(0, 100));
        await first.WaitForAsync(100);
        Assert.Equal(0, source.Unsettled);
        await source.DisposeAsync();

        var second = new Inbox();
        await Source(queue).StartAsync(second.Receive, None);
        await PublishAsync(sink, ["fresh"]);

        Assert.Equal("fresh", Assert.Single(await second.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Delivery_Nacked_ComesAgainMarkedBeforeWhatIsFresh()
    {
        var queue = NewQueue(prefetch: 2);
        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);
        await PublishAsync(Sink(queue), Numbers(0, 4));
        var held = await inbox.WaitForAsync(2);
        Assert.DoesNotContain(held, delivery => delivery.Redelivered);

        held[0].Nack(NackReason.NotDurable);

        var again = (await inbox.WaitForAsync(3))[2];
        Assert.Equal("0", again.Payload);
        Assert.True(again.Redelivered);
    }

    [Fact]
    public async Task Delivery_UnsettledWhenTheSourceGoes_ComesAgainMarkedAndInOrder()
    {
        var queue = NewQueue(prefetch: 5);
        var first = new Inbox();
        var source = Source(queue);
        await source.StartAsync(first.Receive, None);
        await PublishAsync(Sink(queue), Numbers(0, 8));
        var held = await first.WaitForAsync(5);
        held[1].Ack();
        await first.WaitForAsync(6);

        await source.DisposeAsync();

        var second = new Inbox(static delivery => delivery.Ack());
        await Source(queue).StartAsync(second.Receive, None);
        var all = await second.WaitForAsync(7);
        Assert.Equal(["0", "2", "3", "4", "5", "6", "7"], second.Payloads);
        Assert.All(all.Take(5), delivery => Assert.True(delivery.Redelivered));
        Assert.All(all.Skip(5), delivery => Assert.False(delivery.Redelivered));
    }

    [Fact]
    public async Task Delivery_SettledAfterTheSourceWent_IsHarmlessAndComesAgain()
    {
        var queue = NewQueue();
        var first = new Inbox();
        var source = Source(queue);
        await source.StartAsync(first.Receive, None);
        await PublishAsync(Sink(queue), Numbers(0, 2));
        var held = await first.WaitForAsync(2);
        await source.DisposeAsync();

        held[0].Ack();
        held[1].Nack(NackReason.Draining);

        var second = new Inbox();
        await Source(queue).StartAsync(second.Receive, None);
        await second.WaitForAsync(2);
        Assert.Equal(Numbers(0, 2), second.Payloads);
    }

    [Fact]
    public async Task Delivery_SettledTwice_Throws()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);
        await PublishAsync(Sink(queue), ["once"]);
        var delivery = Assert.Single(await inbox.WaitForAsync(1));

        delivery.Ack();

        Assert.Throws<InvalidOperationException>(delivery.Ack);
        Assert.Throws<InvalidOperationException>(() => delivery.Nack(NackReason.Draining));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Delivery_SettledInAnyOrder_IsSettledAloneAndOnce(int seed)
    {
        var queue = NewQueue(prefetch: 50);
        var first = new Inbox();
        var source = Source(queue);
        await source.StartAsync(first.Receive, None);
        await PublishAsync(Sink(queue), Numbers(0, 50));
        var held = (await first.WaitForAsync(50)).ToArray();
        var random = new Random(seed);
        random.Shuffle(held);
        var acked = held.Take(30).ToArray();

        foreach (var delivery in acked)
        {
            delivery.Ack();
        }

        await source.DisposeAsync();
        var second = new Inbox();
        await Source(queue).StartAsync(second.Receive, None);
        await second.WaitForAsync(20);
        await RoundTripAsync();
        Assert.Equal(held.Skip(30).Select(delivery => delivery.Payload).Order(), second.Payloads.Order());
    }
}
