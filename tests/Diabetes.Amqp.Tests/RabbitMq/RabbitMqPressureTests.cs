using System.Net;
using Diabetes.Amqp.Tests.Support;
using Diabetes.Testing.Logging;
using Diabetes.Testing.RabbitMq;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqPressureTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Broker_ShortOfMemory_HoldsPublishersBackAndLetsAcksThrough()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        var control = Consume(queue, inbox);
        var writer = Writer(AmqpSinkSettings.Create(Connection, queue).WithWindow(100));
        await writer.WriteAsync(Numbers(0, 10));
        await writer.Confirmed.WaitForAsync(10);
        var held = await inbox.WaitForAsync(10);

        await Server.ControlAsync("set_vm_memory_high_watermark", "0");
        try
        {
            var writing = Task.Run(() => writer.WriteAsync(Numbers(10, 3000)));
            await Logged.WaitForAsync(1004);
            Assert.Equal(AmqpConnectionState.Blocked, Connection.State);
            Assert.False(writing.IsCompleted);

            foreach (var delivery in held)
            {
                delivery.Commit();
            }

            await control.Stop().WaitAsync(SafetyNet);
            await control.Shutdown().WaitAsync(SafetyNet);
            var counts = await Server.ControlAsync("list_queues", "name", "messages");
            Assert.Contains($"{queue.Name}\t0", counts, StringComparison.Ordinal);
            Assert.False(writing.IsCompleted);

            await Server.ControlAsync("set_vm_memory_high_watermark", "0.4");
            await writing;
            await writer.CompleteAsync();
        }
        finally
        {
            await Server.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }

        await Logged.WaitForAsync(1005);
        var rest = Inbox.Committing();
        Consume(queue, rest);
        await rest.WaitForDistinctAsync(3000);
        Assert.Equal(1, Logged.Count(1004));
    }

    [Fact]
    public async Task Broker_ClosedWhileBlocked_DoesNotWaitForTheBroker()
    {
        // Waiting for channel and connection to close would take ten seconds every time; a machine that stalls does not stall every time.
        var goodbyes = TimeSpan.FromSeconds(10);
        var took = goodbyes;
        for (var tries = 0; tries < 5 && took >= goodbyes; tries++)
        {
            took = await CloseWhileBlockedAsync();
        }

        Assert.InRange(took, TimeSpan.Zero, goodbyes);
    }

    [Fact]
    public async Task Publisher_ClosedWithNobodyThere_SaysOnceWhatIsGivenUp()
    {
        Settings = Settings with { Uri = Nobody() };
        var publisher = Connection.Publish(AmqpSinkSettings.Create(Connection, NewQueue()).WithWindow(5), new Confirms());
        var message = new OutgoingMessage("x");
        Assert.All(Enumerable.Range(0, 5), number => Assert.True(publisher.TryAccept(message, number)));
        Assert.False(publisher.TryAccept(message, 5));
        Assert.Equal(5, publisher.Outstanding);

        await Task.WhenAll(publisher.DisposeAsync().AsTask(), Connection.DisposeAsync().AsTask()).WaitAsync(SafetyNet);
        await publisher.DisposeAsync();

        Assert.Equal(1, Logged.Count(1012));
        Assert.Throws<ObjectDisposedException>(() => publisher.TryAccept(message, 6));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Source_StoppedWhileItWaitsForTheBroker_Ends(bool atOnce)
    {
        Settings = Settings with { Uri = Nobody() };
        var control = Consume(NewQueue(), new Inbox());
        if (!atOnce)
        {
            await Logged.WaitForAsync(1001);
        }

        await control.DrainAndShutdown().WaitAsync(SafetyNet);

        Assert.Equal(0, Connection.Children);
    }

    [Fact]
    public async Task Subscription_StoppedWhileItWaitsForTheBroker_CancelsItsStart()
    {
        Settings = Settings with { Uri = Nobody() };
        var consumer = Connection.Consume(NamedQueueSourceSettings.Create(Connection, NewQueue()), new Deliveries());
        var starting = consumer.StartAsync();
        await Logged.WaitForAsync(1001);

        await consumer.StopAsync().WaitAsync(SafetyNet);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task Connection_StreamsThatComeAndGo_AreNotKept()
    {
        var queue = NewQueue();
        for (var times = 0; times < 3; times++)
        {
            var inbox = Inbox.Committing();
            var control = Consume(queue, inbox);
            await PublishAsync(queue, ["x"]);
            await inbox.WaitForAsync(1);
            await control.Shutdown().WaitAsync(SafetyNet);
        }

        // The publishers close by themselves after their stages have ended.
        SpinWait.SpinUntil(() => Connection.Children == 0, SafetyNet);
        Assert.Equal(0, Connection.Children);
    }

    private async Task<TimeSpan> CloseWhileBlockedAsync()
    {
        var log = new RecordingLogger();
        await using var connection = new RabbitMqConnection(Settings, TimeProvider.System, log);
        var writer = Writer(AmqpSinkSettings.Create(connection, NewQueue()));
        await writer.WriteAsync(["0"]);
        await writer.Confirmed.WaitForAsync(1);
        await Server.ControlAsync("set_vm_memory_high_watermark", "0");
        try
        {
            await writer.WriteAsync(Numbers(1, 3));
            await log.WaitForAsync(1004);
            var started = TimeProvider.System.GetTimestamp();

            await connection.DisposeAsync();

            Assert.Equal(["0"], writer.Confirmed.All);
            Assert.Equal(1, log.Count(1012));
            return TimeProvider.System.GetElapsedTime(started);
        }
        finally
        {
            await Server.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }
    }

    private static Uri Nobody() => new($"amqp://{IPAddress.Loopback}:{FreePorts.Take(1)[0]}");

    /// <summary>
    /// On a loaded machine the receiver of deliveries stood still for seconds, and so did acks that the broker waited for. An ack waits for
    /// nothing but its channel.
    /// </summary>
    [Fact]
    public async Task Ack_ReceiverStandsStillInADelivery_IsSentAllTheSame()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 3));
        using var stuck = new StuckReceiver();
        await using var consumer = Connection.Consume(NamedQueueSourceSettings.Create(Connection, queue).WithPrefetch(2), stuck);
        await consumer.StartAsync().WaitAsync(SafetyNet);
        var first = await stuck.First.WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: 1, consumers: 1);

        first.Ack(1);

        // The broker has the ack, since it sends the third message: two may be unsettled.
        await DepthAsync(queue, messages: 0, consumers: 1);
        Assert.True(stuck.StandsStill);
        stuck.Release();
    }

    /// <summary>Takes the first delivery, and stands still in the second until it is released.</summary>
    private sealed class StuckReceiver : IDeliveries, IDisposable
    {
        private readonly TaskCompletionSource<ISettlement> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task<ISettlement> First => _first.Task;

        public bool StandsStill => !_released.IsSet;

        public void Release() => _released.Set();

        public void Dispose()
        {
            _released.Set();
            _released.Dispose();
        }

        void IDeliveries.Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement)
        {
            if (!_first.TrySetResult(settlement))
            {
                _released.Wait();
            }
        }
    }
}
