using System.Threading.Channels;

namespace Diabetes.Streams.Tests;

public abstract partial class BrokerCompliance
{
    [Fact]
    public async Task Sink_Flushed_HasConfirmedEachMessageOnce()
    {
        var confirmations = new Confirmations();
        var sink = Sink(NewQueue());

        await PublishAsync(sink, Numbers(0, 3000), confirmations);

        Assert.Equal(3000, confirmations.Confirmed);
        Assert.Equal(0, confirmations.Abandoned);
        Assert.Equal(0, sink.Outstanding);
    }

    [Fact]
    public async Task Sink_FlushedWithNothingPublished_CompletesAtOnce()
    {
        await Sink(NewQueue()).FlushAsync(None);
    }

    [Fact]
    public async Task Sink_SeveralAtOnce_KeepEachTheirOrder()
    {
        var queue = NewQueue(prefetch: 100);
        var inbox = new Inbox(static delivery => delivery.Ack());
        await Source(queue).StartAsync(inbox.Receive, None);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
            PublishAsync(Sink(queue), Numbers(0, 500).Select(i => $"{writer}:{i}")))));

        await inbox.WaitForAsync(2000);
        foreach (var ofOne in inbox.Payloads.GroupBy(payload => payload[0]))
        {
            Assert.Equal(Numbers(0, 500).Select(i => $"{ofOne.Key}:{i}"), ofOne);
        }
    }

    [Fact]
    public async Task Sink_GivenADeliveryAsConfirmation_SettlesIt()
    {
        var (from, to) = (NewQueue(prefetch: 10), NewQueue());
        var sink = Sink(to);
        var source = Source(from);
        var handOver = Channel.CreateUnbounded<Delivery<string>>();
        await source.StartAsync(delivery => handOver.Writer.TryWrite(delivery), None);
        var arrived = new Inbox(static delivery => delivery.Ack());
        await Source(to).StartAsync(arrived.Receive, None);

        await PublishAsync(Sink(from), Numbers(0, 100));
        var relayed = new List<Delivery<string>>();
        while (relayed.Count < 100)
        {
            var delivery = await handOver.Reader.ReadAsync();
            relayed.Add(delivery);
            await sink.PublishAsync(delivery.Payload, delivery, None);
        }

        await arrived.WaitForAsync(100);
        await sink.FlushAsync(None);
        Assert.Equal(Numbers(0, 100), arrived.Payloads);
        Assert.All(relayed, delivery => Assert.True(delivery.IsSettled));
    }

    [Fact]
    public async Task Sink_Disposed_RefusesMessages()
    {
        var sink = Sink(NewQueue());
        await sink.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sink.PublishAsync("late", null, None));
    }

    [Fact]
    public async Task Sink_CancelledBeforehand_TakesNothing()
    {
        var queue = NewQueue();
        var sink = Sink(queue);
        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);
        var confirmations = new Confirmations();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await sink.PublishAsync("never", confirmations.One(), new CancellationToken(canceled: true)));

        await PublishAsync(sink, ["after"]);
        Assert.Equal("after", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        Assert.Equal(0, confirmations.Confirmed + confirmations.Abandoned);
    }

    [Fact]
    public async Task Broker_Disposed_IsClosed()
    {
        await RoundTripAsync();
        Assert.Equal(BrokerState.Connected, Broker.State);
        await Broker.DisposeAsync();

        Assert.Equal(BrokerState.Closed, Broker.State);
        Assert.Throws<ObjectDisposedException>(() => Broker.Sink<string>(NewQueue(), Encode));
    }
}
