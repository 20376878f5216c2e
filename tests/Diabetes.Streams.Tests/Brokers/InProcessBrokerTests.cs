namespace Diabetes.Streams.Tests;

public sealed class InProcessBrokerTests : BrokerCompliance
{
    [Fact]
    public async Task Sink_QueueFull_WaitsForRoom()
    {
        await using var broker = new InProcessBroker(new InProcessBrokerOptions(Capacity: 3));
        var queue = NewQueue(prefetch: 1);
        await using var sink = broker.Sink<string>(queue, Encode);
        var confirmations = new Confirmations();
        for (var i = 0; i < 3; i++)
        {
            await sink.PublishAsync($"{i}", confirmations.One(), None);
        }

        var fourth = sink.PublishAsync("3", confirmations.One(), None).AsTask();
        Assert.False(fourth.IsCompleted);
        Assert.Equal(3, confirmations.Confirmed);

        var inbox = new Inbox();
        await using var source = broker.Source(queue, Inbox.Decode);
        await source.StartAsync(inbox.Receive, None);
        await fourth.WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(4, confirmations.Confirmed);
    }

    [Fact]
    public async Task Sink_QueueFullAndCancelled_TakesNothing()
    {
        await using var broker = new InProcessBroker(new InProcessBrokerOptions(Capacity: 1));
        var queue = NewQueue();
        await using var sink = broker.Sink<string>(queue, Encode);
        await sink.PublishAsync("0", null, None);
        using var cancel = new CancellationTokenSource();
        var confirmations = new Confirmations();
        var second = sink.PublishAsync("never", confirmations.One(), cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var inbox = new Inbox();
        await using var source = broker.Source(queue, Inbox.Decode);
        await source.StartAsync(inbox.Receive, None);
        await sink.PublishAsync("1", null, None);
        await inbox.WaitForAsync(2);
        Assert.Equal(["0", "1"], inbox.Payloads);
        Assert.Equal(0, confirmations.Confirmed + confirmations.Abandoned);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sink_ClosedWhileItWaits_SaysSo(bool closeBroker)
    {
        var broker = new InProcessBroker(new InProcessBrokerOptions(Capacity: 1));
        var sink = broker.Sink<string>(NewQueue(), Encode);
        await sink.PublishAsync("0", null, None);
        var second = sink.PublishAsync("1", null, None).AsTask();

        await (closeBroker ? broker.DisposeAsync() : sink.DisposeAsync());

        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task Source_TwoWithMessagesOneByOne_TakeTurns()
    {
        await using var broker = new InProcessBroker(new InProcessBrokerOptions());
        var queue = NewQueue();
        var (left, right) = (new Inbox(), new Inbox());
        await using var one = broker.Source(queue, Inbox.Decode);
        await using var two = broker.Source(queue, Inbox.Decode);
        await one.StartAsync(left.Receive, None);
        await two.StartAsync(right.Receive, None);
        await using var sink = broker.Sink<string>(queue, Encode);
        for (var i = 0; i < 10; i++)
        {
            await sink.PublishAsync($"{i}", null, None);
            await ((i & 1) == 0 ? right : left).WaitForAsync((i / 2) + 1);
        }
    }

    protected override Task<IBroker> OpenAsync() => Task.FromResult<IBroker>(new InProcessBroker(new InProcessBrokerOptions()));
}
