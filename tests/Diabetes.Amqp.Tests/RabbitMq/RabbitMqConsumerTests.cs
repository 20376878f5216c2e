using System.Text;
using Diabetes.Amqp.Tests.Support;
using Diabetes.Testing.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqConsumerTests
{
    private static readonly BasicProperties Properties = new();

    private readonly MuteConnection _connection = new();
    private readonly RecordingLogger _log = new();

    /// <summary>
    /// On the next channel a late delivery would look like the first one of another channel, and everything before it would be dropped.
    /// </summary>
    [Fact]
    public async Task Dispose_WhileADeliveryIsHandedOut_WaitsForIt()
    {
        RabbitMqConsumer? consumer = null;
        Thread? leaving = null;
        var wasClosed = false;
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        consumer = Consumer(new Taker(() =>
        {
            leaving = new Thread(() => consumer!.DisposeAsync().AsTask().ContinueWith(_ => gone.SetResult(), TaskScheduler.Default));
            leaving.Start();

            // It has returned, or is blocked at a lock and stays there.
            for (var looks = 0; looks < 1000
                && leaving.IsAlive; looks = (leaving.ThreadState & ThreadState.WaitSleepJoin) != 0 ? looks + 1 : 0)
            {
                Thread.Yield();
            }

            wasClosed = !leaving.IsAlive;
        }));

        await Deliver(consumer, 1);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Deliver(consumer, 2);

        Assert.False(wasClosed);
        Assert.True(_connection.IsChannelClosed);
        Assert.Equal(0, consumer.Unsettled);
    }

    [Fact]
    public async Task Delivery_TakerThrows_IsSaidAndStaysUnsettled()
    {
        await using var consumer = Consumer(new Taker(static () => throw new FormatException("cannot be read")));

        await Deliver(consumer, 1);

        Assert.Equal(1, consumer.Unsettled);
        Assert.Equal(1, _log.Count(1013));
    }

    [Fact]
    public async Task Delivery_OnlyTheBodyIsLookedAt_AllocatesNothingInTheConsumer()
    {
        const int Deliveries = 2000;
        var taker = new Taker();
        await using var consumer = Consumer(taker);
        var body = Encoding.UTF8.GetBytes("{\"id\": 1.5, \"body\": 295.0}");

        // Tables grow while the loop that sends acks is late, so take the best of several rounds: the cost per delivery is in all of them.
        var best = Enumerable.Range(0, 10).Min(round =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var tag = 1 + (round * Deliveries); tag <= (round + 1) * Deliveries; tag++)
            {
                ((IAsyncBasicConsumer)consumer).HandleBasicDeliverAsync("tag", (ulong)tag, false, "", "queue", Properties, body, default);
                ((ISettlement)consumer).Ack((ulong)tag);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.InRange(best / (double)Deliveries, 0, 8);
        Assert.Equal(10L * Deliveries * body.Length, taker.Bytes);
    }

    private static Task Deliver(IAsyncBasicConsumer consumer, ulong tag) =>
        consumer.HandleBasicDeliverAsync("tag", tag, false, "", "queue", Properties, default, default);

    private RabbitMqConsumer Consumer(IDeliveries deliveries)
    {
        var session = new RabbitMqSession(_connection.Client, socket: null, static _ => { });
        var settings = NamedQueueSourceSettings.Create(new ScriptedConnection(), new QueueDeclaration("queue"));
        var watch = new RedeliveryWatch("queue", _log);
        return new RabbitMqConsumer(session, _connection.Channel, settings, deliveries, TimeProvider.System, _log, watch);
    }

    private sealed class Taker(Action? also = null) : IDeliveries
    {
        public long Bytes { get; private set; }

        public void Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement)
        {
            Bytes += message.Body.Length;
            also?.Invoke();
        }
    }
}
