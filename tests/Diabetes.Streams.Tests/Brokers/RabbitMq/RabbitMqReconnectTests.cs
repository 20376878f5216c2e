namespace Diabetes.Streams.Tests;

public sealed class RabbitMqReconnectTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Broker_KilledWhileMessagesFlow_EveryMessageArrivesAndNoneIsSettledTwice()
    {
        var queue = NewQueue(durable: true, prefetch: 500);
        var inbox = new Inbox(static delivery => delivery.Ack());
        await StartAsync(queue, inbox);
        var confirmations = new Confirmations();
        var sink = Sink(queue);
        var publishing = Task.Run(() => PublishAsync(sink, Numbers(0, 20_000), confirmations));
        await inbox.WaitForAsync(2000);

        await Server.KillAsync();
        await Server.StartAsync();

        await publishing;
        await sink.FlushAsync(None);
        await inbox.WaitForDistinctAsync(20_000);
        Assert.Equal(20_000, confirmations.Confirmed);
        Assert.Equal(Numbers(0, 20_000).Order(), inbox.Payloads.Distinct().Order());

        // A tag settled on a channel that did not hand it out is a protocol error that closes the channel, with these words.
        Assert.DoesNotContain(Log.Entries, entry => entry.Text.Contains("PRECONDITION", StringComparison.Ordinal));
        Assert.Equal(2, Log.Count(1003));
        Assert.InRange(Log.Count(1001), 0, 2);
        Assert.Equal(4, Log.Count(1000));
    }

    [Fact]
    public async Task Delivery_HeldOverALostConnection_ComesAgainAndItsOldTagSettlesNothing()
    {
        var queue = NewQueue(durable: true);
        var inbox = new Inbox();
        var source = await StartAsync(queue, inbox);
        var sink = Sink(queue);
        await PublishAsync(sink, Numbers(0, 5));
        var old = await inbox.WaitForAsync(5);
        old[0].Ack();
        await Task.WhenAll(sink.FlushAsync(None), SettledAsync(queue, ready: 0, unacked: 4));

        await Server.ControlAsync("close_all_connections", "test");

        var again = (await inbox.WaitForAsync(9)).Skip(5).ToArray();
        Assert.Equal(Numbers(1, 4), again.Select(delivery => delivery.Payload));
        Assert.All(again, delivery => Assert.True(delivery.Redelivered));
        Assert.Equal(4, source.Unsettled);

        foreach (var delivery in old.Skip(1))
        {
            delivery.Ack();
        }

        Assert.Equal(4, source.Unsettled);
        again[0].Ack();
        await source.DisposeAsync();
        await SettledAsync(queue, ready: 3, unacked: 0);
        Assert.DoesNotContain(Log.Entries, entry => entry.Text.Contains("PRECONDITION", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_ClosedByTheServerAgainAndAgain_NothingIsLost()
    {
        var queue = NewQueue(prefetch: 200);
        var inbox = new Inbox(static delivery => delivery.Ack());
        await StartAsync(queue, inbox);
        var sink = Sink(queue);
        var publishing = Task.Run(() => PublishAsync(sink, Numbers(0, 30_000)));

        for (var times = 1; times <= 3; times++)
        {
            await inbox.WaitForAsync(times * 1000);
            await Server.ControlAsync("close_all_connections", "test");
            await Log.WaitForAsync(1003, times * 2);
        }

        await publishing;
        await sink.FlushAsync(None);
        await inbox.WaitForDistinctAsync(30_000);
        Assert.Equal(Numbers(0, 30_000).Order(), inbox.Payloads.Distinct().Order());
    }

    [Fact]
    public async Task Broker_NotThereAtStart_IsWaitedForAndSaidOnce()
    {
        await Server.StopAsync();
        var queue = NewQueue();
        var inbox = new Inbox();
        var starting = StartAsync(queue, inbox);
        var sink = Sink(queue);
        await PublishAsync(sink, ["early"]);
        await Log.WaitForAsync(1002, 4);
        Assert.Equal(BrokerState.Waiting, Broker.State);
        Assert.False(starting.IsCompleted);

        await Server.StartAsync();

        await starting;
        Assert.Equal("early", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        await sink.FlushAsync(None);
        Assert.Equal(BrokerState.Connected, Broker.State);
        Assert.Equal(2, Log.Count(1001));
        Assert.Equal(2, Log.Count(1000));
    }

    /// <summary>Waits until the broker's own count of a queue says so.</summary>
    private async Task SettledAsync(QueueSpec queue, int ready, int unacked)
    {
        var expected = $"{queue.Name}\t{ready}\t{unacked}";
        for (var tries = 0; tries < 100; tries++)
        {
            var counts = await Server.ControlAsync("list_queues", "name", "messages_ready", "messages_unacknowledged");
            if (counts.Split('\n').Contains(expected))
            {
                return;
            }
        }

        Assert.Fail($"'{expected}' is not what the broker says: {await Server.ControlAsync("list_queues", "name", "messages_ready", "messages_unacknowledged")}");
    }
}
