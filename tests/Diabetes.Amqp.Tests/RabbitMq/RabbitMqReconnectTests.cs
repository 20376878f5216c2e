using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqReconnectTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Broker_KilledWhileMessagesFlow_EveryMessageArrivesAndNoneIsSettledTwice()
    {
        var queue = NewQueue(durable: true);
        var inbox = Inbox.Committing();
        Consume(queue, inbox, prefetch: 500);
        var writer = Writer(queue);
        var writing = Task.Run(() => writer.WriteAsync(Numbers(0, 20_000)));
        await inbox.WaitForAsync(2000);

        await Server.KillAsync();
        await Server.StartAsync();

        await writing;
        await writer.CompleteAsync();
        await inbox.WaitForDistinctAsync(20_000);
        Assert.Equal(Numbers(0, 20_000).Order(), writer.Confirmed.All.Order());
        Assert.Equal(Numbers(0, 20_000).Order(), inbox.Payloads.Distinct().Order());

        // A tag that is acked on another channel than its own is a protocol error, which closes the channel with this text.
        Assert.DoesNotContain(Logged.Entries, static entry => entry.Text.Contains("PRECONDITION", StringComparison.Ordinal));
        Assert.Equal(2, Logged.Count(1003));
        Assert.InRange(Logged.Count(1001), 0, 2);
        Assert.Equal(4, Logged.Count(1000));
    }

    [Fact]
    public async Task Delivery_HeldOverALostConnection_ComesAgainAndItsOldTagSettlesNothing()
    {
        var queue = NewQueue(durable: true);
        var inbox = new Inbox();
        var control = Consume(queue, inbox);
        await PublishAsync(queue, Numbers(0, 5));
        var old = await inbox.WaitForAsync(5);
        old[0].Commit();
        await SettledAsync(queue, ready: 0, unacked: 4);

        await Server.ControlAsync("close_all_connections", "test");

        var again = (await inbox.WaitForAsync(9)).Skip(5).ToArray();
        Assert.Equal(Numbers(1, 4), again.Select(static delivery => delivery.Payload));
        Assert.All(again, static delivery => Assert.True(delivery.Redelivered));
        Assert.Equal(4, control.Unsettled);

        foreach (var delivery in old.Skip(1))
        {
            delivery.Commit();
        }

        Assert.Equal(4, control.Unsettled);
        again[0].Commit();
        await control.Shutdown().WaitAsync(SafetyNet);
        await SettledAsync(queue, ready: 3, unacked: 0);
        Assert.DoesNotContain(Logged.Entries, static entry => entry.Text.Contains("PRECONDITION", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_ClosedByTheServerAgainAndAgain_NothingIsLost()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        Consume(queue, inbox, prefetch: 200);
        var writer = Writer(queue);
        var writing = Task.Run(() => writer.WriteAsync(Numbers(0, 30_000)));

        for (var times = 1; times <= 3; times++)
        {
            await inbox.WaitForAsync(times * 1000);
            await Server.ControlAsync("close_all_connections", "test");
            await Logged.WaitForAsync(1003, times * 2);
        }

        await writing;
        await writer.CompleteAsync();
        await inbox.WaitForDistinctAsync(30_000);
        Assert.Equal(Numbers(0, 30_000).Order(), inbox.Payloads.Distinct().Order());
    }

    [Fact]
    public async Task Broker_NotThereAtStart_IsWaitedForAndSaidOnce()
    {
        await Server.StopAsync();
        var queue = NewQueue();
        var inbox = new Inbox();
        Consume(queue, inbox);
        var writer = Writer(queue);
        await writer.WriteAsync(["early"]);
        await Logged.WaitForAsync(1002, 4);
        Assert.Equal(AmqpConnectionState.Waiting, Connection.State);
        Assert.Empty(writer.Confirmed.All);

        await Server.StartAsync();

        Assert.Equal("early", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        await writer.CompleteAsync();
        Assert.Equal(AmqpConnectionState.Connected, Connection.State);
        Assert.Equal(2, Logged.Count(1001));
        Assert.Equal(2, Logged.Count(1000));
    }

    /// <summary>Waits until the broker reports this count for a queue.</summary>
    private async Task SettledAsync(QueueDeclaration queue, int ready, int unacked)
    {
        var expected = $"{queue.Name}\t{ready}\t{unacked}";
        var counts = "";
        for (var tries = 0; tries < 100; tries++)
        {
            counts = await Server.ControlAsync("list_queues", "name", "messages_ready", "messages_unacknowledged");
            if (counts.Split('\n').Contains(expected))
            {
                return;
            }
        }

        Assert.Fail($"'{expected}' is not what the broker says: {counts}");
    }
}
