using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Streams.Tests;

/// <summary>The client's channels may never hear that their connection is lost. What uses them does, at whatever moment it comes, and goes on over the next one.</summary>
public sealed class RabbitMqLossTests
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);
    private static readonly QueueSpec Queue = new("queue", Durable: true);

    private readonly RabbitMqOptions _options = new() { Reconnect = new RabbitMqReconnect { Initial = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(1) } };
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

        // The client's own word of the end waits for what the write holds; closing the channel takes that away, and everything behind waits for good.
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
        await using var source = new RabbitMqSource<string>(link, Queue, Inbox.Decode, _options.Reconnect, TimeProvider.System, _log);
        await source.StartAsync(static _ => { }, CancellationToken.None).WaitAsync(SafetyNet);

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
        await using var source = new RabbitMqSource<string>(link, Queue, Inbox.Decode, _options.Reconnect, TimeProvider.System, _log);

        await source.StartAsync(static _ => { }, CancellationToken.None).WaitAsync(SafetyNet);

        await subscribed.WaitAsync(SafetyNet);
    }

    /// <summary>A RabbitMQ from 4.3 on answers a transient declaration with the end of the connection; the channel may hear of it late or never.</summary>
    [Fact]
    public async Task Publisher_LostOverATransientQueue_DeclaresADurableOne()
    {
        var (first, second) = (new MuteConnection(), new MuteConnection());
        var declared = new List<bool>();
        first.Look = static () => Task.FromException<QueueDeclareOk>(new OperationInterruptedException(new ShutdownEventArgs(ShutdownInitiator.Peer, 404, "NOT_FOUND")));
        first.Declare = durable =>
        {
            declared.Add(durable);
            first.Lose(new ShutdownEventArgs(ShutdownInitiator.Peer, 541, "INTERNAL_ERROR - Feature `transient_nonexcl_queues` is deprecated."));
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

    private async Task PublishAsync(MuteConnection first, MuteConnection second, QueueSpec queue)
    {
        await using var link = Link(first, second);
        await using var publisher = new RabbitMqPublisher(link, queue, _options, TimeProvider.System, _log);
        for (var message = 0; message < 3; message++)
        {
            Assert.True(publisher.TryAccept([(byte)message], null));
        }

        await publisher.FlushAsync().WaitAsync(SafetyNet);
    }

    /// <summary>Opens <paramref name="first"/>, and after that one that works.</summary>
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
        return new RabbitMqLink(_options, "test", TimeProvider.System, _log, _ => Task.FromResult(open.Dequeue().Client));
    }
}
