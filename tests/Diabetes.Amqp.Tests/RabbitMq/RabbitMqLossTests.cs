using Diabetes.Amqp.Tests.Support;
using Diabetes.Testing.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>
/// The client's channels may never report that their connection is lost. Consumers and publishers notice it anyway, at any moment, and
/// continue over the next connection.
/// </summary>
public sealed class RabbitMqLossTests
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);
    private static readonly QueueDeclaration Queue = new("queue") { Durable = true };

    private readonly RabbitMqConnectionSettings _settings = new()
    {
        Reconnect = RestartSettings.Create(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), randomFactor: 0),
    };

    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task Publisher_LostBetweenQuestionAndFirstMessage_SendsOverTheNext()
    {
        var first = new MuteConnection();
        first.Look = () =>
        {
            first.Lose();
            return Task.FromResult(new QueueDeclareOk(Queue.Name, 0, 0));
        };

        await PublishAsync(first);
    }

    [Fact]
    public async Task Publisher_LostWhileTheBrokerIsAsked_AsksOverTheNext()
    {
        var first = new MuteConnection();
        first.Look = () =>
        {
            first.Lose();
            return new TaskCompletionSource<QueueDeclareOk>().Task;
        };

        await PublishAsync(first);
    }

    [Fact]
    public async Task Publisher_LostInAWrite_EndsTheWriteBeforeItClosesTheChannel()
    {
        var first = new MuteConnection();
        first.Write = async cancellationToken =>
        {
            first.Lose();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        };

        await PublishAsync(first);

        // The client reports the end only after the stuck write; closing the channel would remove what that waits for, and everything
        // behind would wait for ever.
        Assert.False(first.WasClosedWhileWriting);
    }

    [Fact]
    public async Task Publisher_LostBeforeAnybodyListens_SendsOverTheNext()
    {
        var first = new MuteConnection { ListensTooLate = true };
        first.Lose();

        await PublishAsync(first);

        Assert.Equal(1, _log.Count(1003));
    }

    [Fact]
    public async Task Source_LostWhileItWaitsForMessages_SubscribesAgain()
    {
        var first = new MuteConnection();
        await using var link = Link(first, out var subscribed);
        await using var source = Subscription(link, new Deliveries());
        await source.StartAsync().WaitAsync(SafetyNet);

        first.Lose();

        await subscribed.WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Source_LostWhileItSubscribes_SubscribesAgain()
    {
        var first = new MuteConnection();
        first.Subscribe = () =>
        {
            first.Lose();
            return new TaskCompletionSource<string>().Task;
        };
        await using var link = Link(first, out var subscribed);
        await using var source = Subscription(link, new Deliveries());

        await source.StartAsync().WaitAsync(SafetyNet);

        await subscribed.WaitAsync(SafetyNet);
    }

    /// <summary>A channel that accepts no acks delivers nothing once the prefetch is full, and nobody is told.</summary>
    [Fact]
    public async Task Source_CannotSettle_SubscribesAgain()
    {
        var first = new MuteConnection { Ack = static () => Task.FromException(new InvalidOperationException("the client's own fault")) };
        await using var link = Link(first, out var subscribed);
        await using var source = Subscription(link, new SettleAtOnce());
        await source.StartAsync().WaitAsync(SafetyNet);

        await first.Consumer!.HandleBasicDeliverAsync("tag", 1, false, "", "queue", new BasicProperties(), default, default);

        // Over another channel of the same connection, which works.
        await _log.WaitForAsync(1009);
        Assert.True(first.IsChannelClosed);
        first.Lose();
        await subscribed.WaitAsync(SafetyNet);
    }

    /// <summary>RabbitMQ 4.3 and later closes the connection on a transient declaration; the channel may be told late or never.</summary>
    [Fact]
    public async Task Publisher_LostOverATransientQueue_DeclaresADurableOne()
    {
        var (first, second) = (new MuteConnection(), new MuteConnection());
        var declared = new List<bool>();
        first.Look = static () => Task.FromException<QueueDeclareOk>(
            new OperationInterruptedException(new ShutdownEventArgs(ShutdownInitiator.Peer, 404, "NOT_FOUND")));
        first.Declare = durable =>
        {
            declared.Add(durable);
            first.Lose(
                new ShutdownEventArgs(ShutdownInitiator.Peer, 541, "INTERNAL_ERROR - Feature `transient_nonexcl_queues` is deprecated."));
            return new TaskCompletionSource<QueueDeclareOk>().Task;
        };
        second.Declare = durable =>
        {
            declared.Add(durable);
            return Task.FromResult(new QueueDeclareOk("queue", 0, 0));
        };

        await PublishAsync(first, second, Queue with { Durable = false });

        Assert.Equal([false, true], declared);
    }

    private Task PublishAsync(MuteConnection first) => PublishAsync(first, new MuteConnection(), Queue);

    private async Task PublishAsync(MuteConnection first, MuteConnection second, QueueDeclaration queue)
    {
        await using var link = Link(first, second);
        var confirms = new Confirms();
        await using var publisher = new RabbitMqPublisher(
            link, AmqpSinkSettings.Create(Nobody(), queue), confirms, TimeProvider.System, _log);
        for (var number = 0; number < 3; number++)
        {
            Assert.True(publisher.TryAccept(new OutgoingMessage(queue.Name), number));
        }

        publisher.Send();

        Assert.Equal([0, 1, 2], await confirms.Numbers.WaitForAsync(3));
    }

    private RabbitMqSubscription Subscription(RabbitMqLink link, IDeliveries deliveries) =>
        new(link, NamedQueueSourceSettings.Create(Nobody(), Queue), deliveries, TimeProvider.System, _log);

    /// <summary>Only fills the settings: these tests bring their own links.</summary>
    private RabbitMqConnection Nobody() => new(_settings, TimeProvider.System, _log);

    /// <summary>Opens <paramref name="first"/>, and then a connection that works.</summary>
    private RabbitMqLink Link(MuteConnection first, out Task subscribed)
    {
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new MuteConnection
        {
            Subscribe = () =>
            {
                again.TrySetResult();
                return Task.FromResult("tag");
            },
        };
        subscribed = again.Task;
        return Link(first, second);
    }

    private RabbitMqLink Link(params MuteConnection[] connections)
    {
        var open = new Queue<MuteConnection>(connections);
        return new RabbitMqLink(_settings, "test", TimeProvider.System, _log, _ => Task.FromResult(open.Dequeue().Client));
    }

    private sealed class SettleAtOnce : IDeliveries
    {
        public void Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement) => settlement.Ack(tag);
    }
}
