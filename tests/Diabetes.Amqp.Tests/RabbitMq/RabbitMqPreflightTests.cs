using Diabetes.Amqp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqPreflightTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Theory]
    [InlineData("durable=False", true, QueueKind.Classic, "durable is 'false', but 'true' is configured", LogLevel.Warning)]
    [InlineData("durable=True", false, QueueKind.Classic, "durable is 'true', but 'false' is configured", LogLevel.Information)]
    [InlineData("durable=True", true, QueueKind.Quorum, "x-queue-type is", LogLevel.Warning)]
    [InlineData("durable=True, arguments={'x-max-length': 1000}", true, QueueKind.Classic, "x-max-length is", LogLevel.Warning)]
    public async Task Preflight_QueueThatDiffers_IsUsedAndSaidOnce(
        string there, bool durable, QueueKind kind, string difference, LogLevel level)
    {
        var queue = NewQueue(durable) with { Kind = kind };
        await Pika.RunAsync(Server.Uri, $"channel.queue_declare(queue='{queue.Name}', {there})");

        await PublishAsync(queue, ["as it is"]);
        await PublishAsync(queue, ["as it is"]);
        await Logged.WaitForAsync(1017);

        var said = Assert.Single(Logged.Entries, static entry => entry.Id == 1017);
        Assert.Equal(level, said.Level);
        Assert.Contains(difference, said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_SeveralDifferences_AreAllSaidAndTheDangerousFirst()
    {
        var queue = NewQueue();
        await Pika.RunAsync(
            Server.Uri,
            $"channel.queue_declare(queue='{queue.Name}', durable=True, arguments={{'x-max-length': 1000, 'x-message-ttl': 60000}})");

        await PublishAsync(queue, ["as it is"]);
        await Logged.WaitForAsync(1017);

        var said = Logged.Entries.Single(static entry => entry.Id == 1017);
        Assert.Equal(LogLevel.Warning, said.Level);
        Assert.Contains("x-max-length is the value '1000'", said.Text, StringComparison.Ordinal);
        Assert.Contains("x-message-ttl is the value '60000'", said.Text, StringComparison.Ordinal);
        Assert.True(
            said.Text.IndexOf("durable is", StringComparison.Ordinal) > said.Text.IndexOf("x-message-ttl is", StringComparison.Ordinal));
        Assert.DoesNotContain("no harm", said.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("may be more", said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consume_Stream_IsRefused()
    {
        var queue = NewQueue();
        await Pika.RunAsync(
            Server.Uri, $"channel.queue_declare(queue='{queue.Name}', durable=True, arguments={{'x-queue-type': 'stream'}})");

        var refused = await Assert.ThrowsAsync<AmqpRefusedException>(
            () => Consume(queue, new Inbox()).StreamCompletion.WaitAsync(SafetyNet));

        Assert.Contains($"'{queue.Name}' is a stream", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_QuorumQueueMissing_IsDeclaredDurableAndWorks()
    {
        var queue = NewQueue() with { Kind = QueueKind.Quorum };
        var inbox = Inbox.Committing();
        Consume(queue, inbox);

        await PublishAsync(queue, ["kept"]);

        Assert.Equal("kept", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        Assert.Contains(
            $"{queue.Name}\tquorum\ttrue", await Server.ControlAsync("list_queues", "name", "type", "durable"), StringComparison.Ordinal);
        Assert.Equal(0, Logged.Count(1017));
    }

    [Fact]
    public async Task Preflight_OtherConsumers_AreSaid()
    {
        var queue = NewQueue();
        Consume(queue, new Inbox());
        await DepthAsync(queue, messages: 0, consumers: 1);
        Assert.Equal(0, Logged.Count(1018));
        await using var other = new RabbitMqConnection(Settings, TimeProvider.System, Logged);

        await other.Consume(NamedQueueSourceSettings.Create(other, queue), new Deliveries()).StartAsync().WaitAsync(SafetyNet);

        Assert.Equal(1, Logged.Count(1018));
    }

    [Theory]
    [InlineData(
        541, "INTERNAL_ERROR - Feature `transient_nonexcl_queues` is deprecated.\nBy default, this feature is not permitted anymore", true)]
    [InlineData(541, "INTERNAL_ERROR", false)]
    [InlineData(406, "transient_nonexcl_queues", false)]
    public void IsOfTransientQueues_Answer_IsTold(ushort code, string reason, bool told) =>
        Assert.Equal(told, RabbitMqRefusal.IsOfTransientQueues(code, reason));

    [Fact]
    public void Difference_AnswerCutOff_IsGivenAsItIs()
    {
        var difference = QueueDifference.Of(
            new QueueDeclaration("q") { Durable = true }, "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'qqq");

        Assert.Contains("inequivalent arg 'durable' for queue 'qqq", difference.Text, StringComparison.Ordinal);
        Assert.True(difference.IsWeaker);
    }
}
