using Microsoft.Extensions.Logging;

namespace Diabetes.Streams.Tests;

public sealed class RabbitMqQueueTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Queue_ThereWithAnotherDurability_IsUsedAsItIs(bool there, bool wanted)
    {
        var queue = NewQueue(durable: wanted);
        await Pika.RunAsync(Server.Uri, $"channel.queue_declare(queue='{queue.Name}', durable={(there ? "True" : "False")}, arguments={{'x-max-length': 1000}})");
        var inbox = new Inbox();
        await StartAsync(queue, inbox);
        var sink = Sink(queue);

        await PublishAsync(sink, ["as it is"]);

        Assert.Equal("as it is", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        Assert.Contains($"{queue.Name}\t{(there ? "true" : "false")}", await Server.ControlAsync("list_queues", "name", "durable"));
        Assert.Equal(0, Log.Count(1007));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Queue_NotThere_IsDeclaredAsConfiguredWithoutArguments(bool durable)
    {
        var queue = NewQueue(durable);

        await PublishAsync(Sink(queue), ["first"]);
        await Log.WaitForAsync(1007);

        Assert.Contains($"{queue.Name}\t{(durable ? "true" : "false")}\t[]", await Server.ControlAsync("list_queues", "name", "durable", "arguments"));
    }

    [Fact]
    public async Task Message_AsAPythonServiceSeesIt_IsThePlainBodyAndPersistent()
    {
        var queue = NewQueue();
        var sink = Sink(queue);
        await PublishAsync(sink, ["{\"id\": 1.5, \"body\": 295.0}"]);
        await sink.FlushAsync(None);

        var seen = await Pika.RunAsync(Server.Uri, $"""
            method, properties, body = channel.basic_get(queue='{queue.Name}', auto_ack=True)
            print(method.exchange, method.routing_key, properties.delivery_mode, properties.headers, properties.content_type, body.decode(), sep='|')
            """);

        Assert.Equal($$"""|{{queue.Name}}|2|{}|None|{"id": 1.5, "body": 295.0}""", seen);
    }

    [Fact]
    public async Task Queue_DeletedWhilePublishing_IsDeclaredAgainAndNothingSentSinceIsLost()
    {
        var queue = NewQueue();
        var sink = Sink(queue);
        await PublishAsync(sink, ["gone with the queue"]);
        await sink.FlushAsync(None);
        var confirmations = new Confirmations();

        await Server.ControlAsync("delete_queue", queue.Name);
        await PublishAsync(sink, Numbers(0, 1000), confirmations);
        await sink.FlushAsync(None);

        var inbox = new Inbox(static delivery => delivery.Ack());
        await StartAsync(queue, inbox);
        await inbox.WaitForDistinctAsync(1000);
        Assert.Equal(Numbers(0, 1000), inbox.Payloads);
        Assert.Equal(1000, confirmations.Confirmed);
        Assert.Equal(2, Log.Count(1007));
    }

    [Fact]
    public async Task Queue_DeletedUnderAConsumer_IsDeclaredAndConsumedAgain()
    {
        var queue = NewQueue();
        var inbox = new Inbox(static delivery => delivery.Ack());
        await StartAsync(queue, inbox);

        await Server.ControlAsync("delete_queue", queue.Name);
        await Log.WaitForAsync(1009);
        await PublishAsync(Sink(queue), ["after"]);

        Assert.Equal("after", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Queue_ThatRefusesMessages_IsTriedUntilItTakesThem()
    {
        var queue = NewQueue();
        await Pika.RunAsync(Server.Uri, $$"""channel.queue_declare(queue='{{queue.Name}}', arguments={'x-max-length': 2, 'x-overflow': 'reject-publish'})""");
        var sink = Sink(queue);
        await PublishAsync(sink, Numbers(0, 5));
        await Log.WaitForAsync(1010, 4);
        Assert.NotEqual(0, sink.Outstanding);
        Assert.InRange(Log.Entries.Count(entry => entry is (1010, not LogLevel.Debug, _)), 1, 2);

        var inbox = new Inbox(static delivery => delivery.Ack());
        await StartAsync(queue, inbox);

        await inbox.WaitForDistinctAsync(5);
        await sink.FlushAsync(None);
    }

    [Fact]
    public async Task Connections_InTheBrokersList_CarryTheirName()
    {
        var queue = NewQueue();
        await StartAsync(queue, new Inbox());
        await Sink(queue).FlushAsync(None);
        await PublishAsync(Sink(queue), ["x"]);
        await Log.WaitForAsync(1000, 2);

        var names = await Server.ControlAsync("list_connections", "client_properties");
        Assert.Contains("streams-tests (publishing)", names);
        Assert.Contains("streams-tests (consuming)", names);
    }
}
