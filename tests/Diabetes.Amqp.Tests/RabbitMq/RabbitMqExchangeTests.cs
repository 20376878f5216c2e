using Diabetes.Amqp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>Exchanges and bindings belong to other services: a missing one is logged once and waited for.</summary>
public sealed class RabbitMqExchangeTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Message_NobodyIsBound_IsSaidOnceAndSentOnceSomebodyBinds()
    {
        var (exchange, queue) = (NewQueue().Name, NewQueue());
        await Pika.RunAsync(Server.Uri, $"channel.exchange_declare(exchange='{exchange}', exchange_type='direct')");
        var writer = Writer(To(exchange, queue.Name));
        await writer.WriteAsync(["0"]);
        await Logged.WaitForAsync(1010, 4);
        Assert.Empty(writer.Confirmed.All);
        var said = Assert.Single(Logged.Entries, static entry => entry is (1010, LogLevel.Warning, _));
        Assert.Contains($"no queue is bound to exchange '{exchange}' for routing key '{queue.Name}'", said.Text, StringComparison.Ordinal);

        await BindAsync(exchange, queue.Name, queue.Name);
        await writer.CompleteAsync();

        var inbox = new Inbox();
        Consume(queue, inbox);
        Assert.Equal("0", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Message_BehindOneThatNobodyIsBoundFor_IsNotSentAtEachTry()
    {
        var (exchange, queue, late) = (NewQueue().Name, NewQueue(), NewQueue());
        await Pika.RunAsync(Server.Uri, $"channel.exchange_declare(exchange='{exchange}', exchange_type='direct')");
        await BindAsync(exchange, queue.Name, queue.Name);
        var writer = new Writer(To(exchange, queue.Name), Streams, (message, outgoing) =>
        {
            Encode(message, outgoing);
            outgoing.RoutingKey = message == "nobody's" ? late.Name : queue.Name;
        });
        await writer.WriteAsync(["nobody's", .. Numbers(0, 50)]);
        await Logged.WaitForAsync(1010, 6);

        await BindAsync(exchange, late.Name, late.Name);
        await writer.CompleteAsync();

        // It arrives once alone after it was returned, and once behind it when that was confirmed.
        var inbox = new Inbox();
        Consume(queue, inbox);
        await inbox.WaitForDistinctAsync(50);
        await RoundTripAsync();
        Assert.All(inbox.Payloads.GroupBy(static payload => payload), static copies => Assert.InRange(copies.Count(), 1, 2));
    }

    [Fact]
    public async Task Exchange_NotThere_IsSaidOnceAndWaitedFor()
    {
        var (exchange, queue) = (NewQueue().Name, NewQueue());
        var writer = Writer(To(exchange, queue.Name));
        await writer.WriteAsync(Numbers(0, 3));
        await Logged.WaitForAsync(1008, 4);
        var said = Assert.Single(Logged.Entries, static entry => entry is (1008, LogLevel.Warning, _));
        Assert.Contains(exchange, said.Text, StringComparison.Ordinal);

        await Pika.RunAsync(Server.Uri, $"channel.exchange_declare(exchange='{exchange}', exchange_type='direct')");
        await BindAsync(exchange, queue.Name, queue.Name);
        await writer.CompleteAsync();

        var inbox = new Inbox();
        Consume(queue, inbox);
        await inbox.WaitForDistinctAsync(3);
    }

    private AmqpSinkSettings To(string exchange, string routingKey) =>
        AmqpSinkSettings.Create(Connection).WithExchange(exchange).WithRoutingKey(routingKey);

    private async Task BindAsync(string exchange, string queue, string routingKey)
    {
        await Pika.RunAsync(Server.Uri, $"channel.queue_declare(queue='{queue}')");
        await Pika.RunAsync(Server.Uri, $"channel.queue_bind(queue='{queue}', exchange='{exchange}', routing_key='{routingKey}')");
    }
}
