using Diabetes.Amqp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqQueueTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Queue_ThereWithAnotherDurability_IsUsedAsItIs(bool there, bool wanted)
    {
        var queue = NewQueue(durable: wanted);
        await Pika.RunAsync(Server.Uri,
            $"channel.queue_declare(queue='{queue.Name}', durable={(there ? "True" : "False")}, arguments={{'x-max-length': 1000}})");
        var inbox = new Inbox();
        Consume(queue, inbox);

        await PublishAsync(queue, ["as it is"]);

        Assert.Equal("as it is", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        var listed = await Server.ControlAsync("list_queues", "name", "durable");
        Assert.Contains($"{queue.Name}\t{(there ? "true" : "false")}", listed, StringComparison.Ordinal);
        Assert.Equal(0, Logged.Count(1007));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Queue_NotThere_IsDeclaredAsConfiguredWithoutArguments(bool durable)
    {
        var queue = NewQueue(durable);

        await PublishAsync(queue, ["first"]);

        Assert.Equal(1, Logged.Count(1007));
        var listed = await Server.ControlAsync("list_queues", "name", "durable", "arguments");
        Assert.Contains($"{queue.Name}\t{(durable ? "true" : "false")}\t[]", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_AsAPythonServiceSeesIt_IsThePlainBodyAndPersistent()
    {
        var queue = NewQueue();
        await PublishAsync(queue, ["{\"id\": 1.5, \"body\": 295.0}"]);

        var seen = await Pika.RunAsync(Server.Uri, $"""
            method, properties, body = channel.basic_get(queue='{queue.Name}', auto_ack=True)
            print(method.exchange, method.routing_key, properties.delivery_mode, properties.headers, properties.content_type, body.decode(),
            sep='|')
            """);

        Assert.Equal($$"""|{{queue.Name}}|2|{}|None|{"id": 1.5, "body": 295.0}""", seen);
    }

    [Fact]
    public async Task Message_OfAPythonService_IsSeenWithExchangeKeyPropertiesAndHeaders()
    {
        var queue = NewQueue();
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        AmqpSource.CommittableSource(NamedQueueSourceSettings.Create(Connection, queue), (in IncomingMessage message) =>
            {
                var properties = message.Properties;
                return seen.TrySetResult(string.Join(
                    '|', Inbox.Decode(message), message.Exchange, message.RoutingKey, properties.CorrelationId,
                    properties.Timestamp?.ToUnixTimeSeconds(),
                    properties.Header("text"), properties.Header("number"), properties.Header("none")));
            })
            .To(Sink.Ignore<ImmutableArray<CommittableMessage<bool>>>())
            .Run(Streams);
        await DepthAsync(queue, messages: 0, consumers: 1);

        await Pika.RunAsync(Server.Uri, $"channel.queue_bind(queue='{queue.Name}', exchange='amq.topic', routing_key='sensors.#')");
        await Pika.RunAsync(
            Server.Uri,
            "channel.basic_publish('amq.topic', 'sensors.one', b'body', pika.BasicProperties(correlation_id='c', timestamp=1700000000, "
            + "headers={'text': 'ä', 'number': 7}))");

        Assert.Equal("body|amq.topic|sensors.one|c|1700000000|ä|7|", await seen.Task.WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task Queue_DeletedWhilePublishing_IsDeclaredAgainAndNothingSentSinceIsLost()
    {
        var queue = NewQueue();
        var writer = Writer(queue);
        await writer.WriteAsync(["gone with the queue"]);
        await writer.Confirmed.WaitForAsync(1);

        await Server.ControlAsync("delete_queue", queue.Name);
        await writer.WriteAsync(Numbers(0, 1000));
        await writer.CompleteAsync();

        var inbox = Inbox.Committing();
        Consume(queue, inbox);
        await inbox.WaitForDistinctAsync(1000);
        Assert.Equal(Numbers(0, 1000), inbox.Payloads);
        Assert.Equal(Numbers(0, 1000).Order(), writer.Confirmed.All.Skip(1).Order());
        Assert.Equal(2, Logged.Count(1007));
    }

    [Fact]
    public async Task Queue_DeletedUnderAConsumer_IsDeclaredAndConsumedAgain()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        Consume(queue, inbox);
        await DepthAsync(queue, messages: 0, consumers: 1);

        await Server.ControlAsync("delete_queue", queue.Name);
        await Logged.WaitForAsync(1009);
        await PublishAsync(queue, ["after"]);

        Assert.Equal("after", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Queue_ThatRefusesMessages_IsTriedUntilItTakesThem()
    {
        var queue = NewQueue();
        await Pika.RunAsync(Server.Uri,
            $$"""channel.queue_declare(queue='{{queue.Name}}', arguments={'x-max-length': 2, 'x-overflow': 'reject-publish'})""");
        var writer = Writer(queue);
        await writer.WriteAsync(Numbers(0, 5));
        await Logged.WaitForAsync(1010, 4);
        Assert.InRange(writer.Confirmed.All.Count, 0, 4);
        Assert.InRange(Logged.Entries.Count(static entry => entry is (1010, not LogLevel.Debug, _)), 1, 2);

        var inbox = Inbox.Committing();
        Consume(queue, inbox);

        await inbox.WaitForDistinctAsync(5);
        await writer.CompleteAsync();
    }

    [Fact]
    public async Task Queue_MoreThanTheVirtualHostTakes_IsSaidOnceAndWaitedFor()
    {
        await Server.ControlAsync("add_vhost", "narrow");
        await Server.ControlAsync("set_permissions", "-p", "narrow", "guest", ".*", ".*", ".*");
        await Server.ControlAsync("set_vhost_limits", "-p", "narrow", """{"max-queues": 0}""");
        Settings = Settings with { Uri = new Uri(Server.Uri, "/narrow") };
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        Consume(queue, inbox);
        await Logged.WaitForAsync(1008, 3);
        var said = Assert.Single(Logged.Entries, static entry => entry is (1008, LogLevel.Warning, _));
        Assert.Contains("queue limit", said.Text, StringComparison.Ordinal);

        await Server.ControlAsync("clear_vhost_limits", "-p", "narrow");
        await PublishAsync(queue, ["at last"]);

        await inbox.WaitForAsync(1);
    }

    [Fact]
    public async Task Connections_InTheBrokersList_CarryTheirName()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        Consume(queue, inbox);
        await PublishAsync(queue, ["x"]);
        await inbox.WaitForAsync(1);

        var names = await Server.ControlAsync("list_connections", "client_properties");
        Assert.Contains("amqp-tests (publishing)", names, StringComparison.Ordinal);
        Assert.Contains("amqp-tests (consuming)", names, StringComparison.Ordinal);
    }
}
