using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class LargeMessageTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Message_LargerThanTheClientTakes_IsTakenAloneAndTheRestGoesOn()
    {
        var (queue, other) = (NewQueue(), NewQueue());
        await Pika.RunAsync(Server.Uri, $"""
            channel.queue_declare(queue='{queue.Name}')
            for i in range(20): channel.basic_publish(exchange='', routing_key='{queue.Name}', body=f'before {"{i}"}')
            channel.basic_publish(exchange='', routing_key='{queue.Name}', body=b'x' * (65 * 2**20))
            for i in range(20): channel.basic_publish(exchange='', routing_key='{queue.Name}', body=f'after {"{i}"}')
            """);
        var (inbox, beside) = (Inbox.Committing(), Inbox.Committing());
        Consume(other, beside);
        Consume(queue, inbox);

        await inbox.WaitForDistinctAsync(41);
        await Logged.WaitForAsync(1026);
        await PublishAsync(queue, ["at the end"]);
        await PublishAsync(other, ["beside"]);
        await inbox.WaitForDistinctAsync(42);
        await beside.WaitForAsync(1);
        await DepthAsync(queue, messages: 0, consumers: 1);

        Assert.Equal(65 << 20, inbox.Payloads.Single(static text => text[0] == 'x').Length);
        Assert.Equal((1, 1, 1), (Logged.Count(1025), Logged.Count(1026), Logged.Count(1027)));
        Assert.Contains($"{65 << 20} bytes", Logged.Entries.Single(static entry => entry.Id == 1027).Text, StringComparison.Ordinal);
    }
}
