using Diabetes.Amqp.Tests.Compliance;
using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.InProcess;

public sealed class InProcessConnectionTests : ConnectionCompliance
{
    protected override AmqpConnection Connection { get; } = new InProcessConnection();

    [Fact]
    public async Task Sink_QueueFull_WaitsForRoom()
    {
        await using var connection = new InProcessConnection(capacity: 3);
        var queue = NewQueue();
        var writer = Writer(AmqpSinkSettings.Create(connection, queue));
        await writer.WriteAsync(Numbers(0, 10));
        await writer.Confirmed.WaitForAsync(3);
        Assert.Equal(new QueueDepth(3, 0), await connection.InspectAsync(queue.Name, None));
        Assert.Equal(Numbers(0, 3), writer.Confirmed.All);

        var inbox = Inbox.Committing();
        AmqpSource.CommittableSource(NamedQueueSourceSettings.Create(connection, queue).WithPrefetch(1), Inbox.Decode)
            .To(Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(inbox.Receive))
            .Run(Streams);

        await writer.CompleteAsync();
        await inbox.WaitForAsync(10);
        Assert.Equal(Numbers(0, 10), inbox.Payloads);
        Assert.Equal(Numbers(0, 10), writer.Confirmed.All);
    }

    [Fact]
    public async Task Sink_ClosedWhileItWaits_SaysSo()
    {
        var connection = new InProcessConnection(capacity: 1);
        var writer = Writer(AmqpSinkSettings.Create(connection, NewQueue()));
        await writer.WriteAsync(Numbers(0, 2));
        await writer.Confirmed.WaitForAsync(1);

        await connection.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.Completion.WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task Sink_ToAnotherExchange_SaysThatThereIsNone()
    {
        var settings = AmqpSinkSettings.Create(Connection).WithExchange("amq.topic");

        var end = Source.Single(ImmutableArray.Create("0")).RunWith(AmqpSink.Create<string>(settings, Encode), Streams);

        Assert.Contains(
            "amq.topic", (await Assert.ThrowsAsync<ArgumentException>(() => end.WaitAsync(SafetyNet))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_TwoWithMessagesOneByOne_TakeTurns()
    {
        var queue = NewQueue();
        var (left, right) = (new Inbox(), new Inbox());
        Consume(queue, left);
        await DepthAsync(queue, messages: 0, consumers: 1);
        Consume(queue, right);
        await DepthAsync(queue, messages: 0, consumers: 2);
        var writer = Writer(queue);
        for (var i = 0; i < 10; i++)
        {
            await writer.WriteAsync([$"{i}"]);
            await ((i & 1) == 0 ? right : left).WaitForAsync((i / 2) + 1);
        }
    }

    [Fact]
    public async Task Decoder_ThatLooksAtTheBodyAlone_CostsTheMessageObjectAndNothingElse()
    {
        const int Messages = 5000;
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, Messages));
        var (threads, bytes, count) = (new int[Messages], new long[Messages], 0);
        var settings = NamedQueueSourceSettings.Create(Connection, queue).WithPrefetch(Messages);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var control = AmqpSource.CommittableSource(settings, (in IncomingMessage message) =>
            {
                (threads[count], bytes[count]) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
                if (++count == Messages)
                {
                    all.SetResult();
                }

                return message.Body.Length;
            })
            .To(Sink.Ignore<ImmutableArray<CommittableMessage<int>>>())
            .Run(Streams);
        await all.Task.WaitAsync(SafetyNet);

        // Compare consecutive messages on one thread: the growth of queues and tables affects only few of the differences.
        var each = Enumerable.Range(1, Messages - 1)
            .Where(i => threads[i] == threads[i - 1]).Select(i => bytes[i] - bytes[i - 1]).Order().ToArray();
        Assert.InRange(each.Length, Messages / 2, Messages);
        Assert.InRange(each[each.Length / 2], 1, 64);
        await control.Shutdown();
    }
}
