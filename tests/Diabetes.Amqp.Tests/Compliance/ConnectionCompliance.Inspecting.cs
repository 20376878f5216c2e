using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Compliance;

public abstract partial class ConnectionCompliance
{
    [Fact]
    public async Task Inspect_NoSuchQueue_IsNull() => Assert.Null(await Connection.InspectAsync(NewQueue().Name, None));

    [Fact]
    public async Task Inspect_Queue_CountsWhatWaitsAndWhoTakesIt()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 5));
        Assert.Equal(new QueueDepth(5, 0), await Connection.InspectAsync(queue.Name, None));

        var inbox = new Inbox();
        Consume(queue, inbox, prefetch: 2);
        await inbox.WaitForAsync(2);
        Assert.Equal(new QueueDepth(3, 1), await Connection.InspectAsync(queue.Name, None));
    }
}
