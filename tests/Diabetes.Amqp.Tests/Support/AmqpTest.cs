using System.Text;
using Akka.TestKit;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Sets up streams between a test and a connection.</summary>
/// <param name="config">Akka configuration that the test adds to the defaults.</param>
public abstract class AmqpTest(string config = "")
    : Akka.TestKit.Xunit2.TestKit(
        $"akka {{ stdout-loglevel = OFF, loglevel = WARNING, test.single-expect-default = 120s }}\n{config}"),
        IAsyncLifetime, INoImplicitSender
{
    private static int _queues;

    /// <summary>The real time after which a wait fails. Only a failing test waits that long.</summary>
    protected static TimeSpan SafetyNet { get; } = TimeSpan.FromSeconds(120);

    protected static CancellationToken None => CancellationToken.None;

    protected abstract AmqpConnection Connection { get; }

    protected IMaterializer Streams => field ??= Sys.Materializer();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync() => await Connection.DisposeAsync();

    public static void Encode(string message, OutgoingMessage outgoing) => Encoding.UTF8.GetBytes(message, outgoing.Body);

    /// <summary>Creates the name of a queue that no other test uses.</summary>
    protected static QueueDeclaration NewQueue(bool durable = false) =>
        new($"test-{Environment.ProcessId}-{Interlocked.Increment(ref _queues)}") { Durable = durable };

    protected static IEnumerable<string> Numbers(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");

    protected Source<ImmutableArray<CommittableMessage<string>>, IControl> From(QueueDeclaration queue, ushort prefetch = 1000) =>
        AmqpSource.CommittableSource(NamedQueueSourceSettings.Create(Connection, queue).WithPrefetch(prefetch), Inbox.Decode);

    private protected DrainingControl<Done> Consume(QueueDeclaration queue, Inbox inbox, ushort prefetch = 1000) =>
        From(queue, prefetch)
            .ToMaterialized(Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(inbox.Receive), DrainingControl<Done>.Create)
            .Run(Streams);

    private protected Writer Writer(QueueDeclaration queue) => new(AmqpSinkSettings.Create(Connection, queue), Streams);

    private protected Writer Writer(AmqpSinkSettings settings) => new(settings, Streams);

    /// <summary>Publishes messages and completes when the broker has confirmed all of them.</summary>
    private protected Task<Done> PublishAsync(QueueDeclaration queue, IEnumerable<string> messages) =>
        Source.From(messages)
            .Grouped(100)
            .Select(static some => some.ToImmutableArray())
            .RunWith(AmqpSink.Create<string>(AmqpSinkSettings.Create(Connection, queue), Encode), Streams)
            .WaitAsync(SafetyNet);

    /// <summary>Waits until the broker reports this depth of the queue.</summary>
    private protected async Task DepthAsync(QueueDeclaration queue, long messages, int consumers)
    {
        using var net = new CancellationTokenSource(SafetyNet, TimeProvider.System);
        QueueDepth? depth = null;
        while (depth != new QueueDepth(messages, consumers))
        {
            Assert.False(net.IsCancellationRequested, $"'{queue.Name}' has {depth}, not {messages} messages and {consumers} consumers.");
            depth = await Connection.InspectAsync(queue.Name, net.Token);
            await Task.Yield();
        }
    }

    /// <summary>
    /// Sends a message through another queue and back: by then the broker has pushed everything that it had to push before.
    /// </summary>
    private protected async Task RoundTripAsync()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        var control = Consume(queue, inbox);
        await PublishAsync(queue, ["there and back"]);
        await inbox.WaitForAsync(1);
        await control.Shutdown();
    }
}
