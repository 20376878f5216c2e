using System.Net;

namespace Diabetes.Streams.Tests;

public sealed class RabbitMqPressureTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Broker_ShortOfMemory_HoldsPublishersBackAndLetsAcksThrough()
    {
        Options = Options with { PublishWindow = 100 };
        var queue = NewQueue();
        var inbox = new Inbox();
        var source = await StartAsync(queue, inbox);
        var sink = Sink(queue);
        await PublishAsync(sink, Numbers(0, 10));
        await sink.FlushAsync(None);
        var held = await inbox.WaitForAsync(10);

        await Server.ControlAsync("set_vm_memory_high_watermark", "0");
        try
        {
            var publishing = Task.Run(() => PublishAsync(sink, Numbers(10, 300)));
            await Log.WaitForAsync(1004);
            Assert.Equal(BrokerState.Blocked, Broker.State);
            Assert.False(publishing.IsCompleted);
            Assert.InRange(sink.Outstanding, 1, 100);

            foreach (var delivery in held)
            {
                delivery.Ack();
            }

            await source.StopAsync(None);
            await source.DisposeAsync();
            var counts = await Server.ControlAsync("list_queues", "name", "messages");
            Assert.Contains($"{queue.Name}\t0", counts);

            await Server.ControlAsync("set_vm_memory_high_watermark", "0.4");
            await publishing;
            await sink.FlushAsync(None);
        }
        finally
        {
            await Server.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }

        await Log.WaitForAsync(1005);
        var rest = new Inbox();
        await StartAsync(queue, rest);
        await rest.WaitForDistinctAsync(300);
        Assert.Equal(1, Log.Count(1004));
    }

    [Fact]
    public async Task Broker_ClosedWhileBlocked_DoesNotWaitForTheBroker()
    {
        // Waiting for a goodbye, of the channel and then of the connection, would take ten seconds each time. A machine that stalls does not do so each time.
        var goodbyes = TimeSpan.FromSeconds(10);
        var took = goodbyes;
        for (var tries = 0; tries < 5 && took >= goodbyes; tries++)
        {
            took = await CloseWhileBlockedAsync();
        }

        Assert.InRange(took, TimeSpan.Zero, goodbyes);
    }

    [Fact]
    public async Task Sink_WindowFullAndNobodyThere_WaitsUntilCancelled()
    {
        Options = Options with { Uri = Nobody(), PublishWindow = 5 };
        var sink = Sink(NewQueue());
        var confirmations = new Confirmations();
        await PublishAsync(sink, Numbers(0, 5), confirmations);
        using var cancel = new CancellationTokenSource();
        var sixth = sink.PublishAsync("5", confirmations.One(), cancel.Token).AsTask();
        var flush = sink.FlushAsync(None);
        Assert.False(sixth.IsCompleted);
        Assert.Equal(5, sink.Outstanding);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sixth);
        Assert.Equal(0, confirmations.Confirmed + confirmations.Abandoned);
        await sink.DisposeAsync();
        Assert.Equal(5, confirmations.Abandoned);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => flush);
        Assert.Equal(1, Log.Count(1012));
    }

    [Fact]
    public async Task Sink_ClosedWhileAPublisherWaits_SaysSo()
    {
        Options = Options with { Uri = Nobody(), PublishWindow = 1 };
        var sink = Sink(NewQueue());
        await PublishAsync(sink, ["0"]);
        var second = sink.PublishAsync("1", null, None).AsTask();

        await sink.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
    }

    [Fact]
    public async Task Source_CancelledWhileItWaitsForTheBroker_GivesUp()
    {
        Options = Options with { Uri = Nobody() };
        await using var source = Broker.Source(NewQueue(), Inbox.Decode);
        using var cancel = new CancellationTokenSource();
        var starting = source.StartAsync(static _ => { }, cancel.Token);
        await Log.WaitForAsync(1001);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }

    [Fact]
    public async Task Source_ReceiverThrows_SaysSoAndGoesOn()
    {
        var queue = NewQueue();
        var inbox = new Inbox(static delivery => Assert.NotEqual("1", delivery.Payload));
        var source = await StartAsync(queue, inbox);

        await PublishAsync(Sink(queue), Numbers(0, 3));

        await inbox.WaitForAsync(2);
        Assert.Equal(["0", "2"], inbox.Payloads);
        Assert.Equal(1, Log.Count(1013));
        Assert.Equal(3, source.Unsettled);
    }

    private async Task<TimeSpan> CloseWhileBlockedAsync()
    {
        var log = new RecordingLogger();
        await using var broker = new RabbitMqBroker(Options, TimeProvider.System, log);
        var sink = broker.Sink<string>(NewQueue(), Encode);
        await PublishAsync(sink, ["0"]);
        await sink.FlushAsync(None);
        await Server.ControlAsync("set_vm_memory_high_watermark", "0");
        try
        {
            var confirmations = new Confirmations();
            await PublishAsync(sink, Numbers(1, 3), confirmations);
            await log.WaitForAsync(1004);
            var started = TimeProvider.System.GetTimestamp();

            await broker.DisposeAsync();

            Assert.Equal(3, confirmations.Abandoned);
            return TimeProvider.System.GetElapsedTime(started);
        }
        finally
        {
            await Server.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }
    }

    private static Uri Nobody() => new($"amqp://{IPAddress.Loopback}:{Testing.FreePorts.Take(1)[0]}");
}
