namespace Diabetes.Streams.Tests;

public abstract partial class BrokerCompliance
{
    [Fact]
    public async Task Inspect_NoSuchQueue_IsNull() => Assert.Null(await Broker.InspectAsync(NewQueue().Name, None));

    [Fact]
    public async Task Inspect_Queue_CountsWhatWaitsAndWhoTakesIt()
    {
        var queue = NewQueue(prefetch: 2);
        await PublishAsync(Sink(queue), Numbers(0, 5));
        Assert.Equal(new QueueDepth(5, 0), await Broker.InspectAsync(queue.Name, None));

        var inbox = new Inbox();
        await Source(queue).StartAsync(inbox.Receive, None);
        await inbox.WaitForAsync(2);
        Assert.Equal(new QueueDepth(3, 1), await Broker.InspectAsync(queue.Name, None));
    }
}
