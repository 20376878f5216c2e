using System.Buffers;
using System.Text;

namespace Diabetes.Streams.Tests;

/// <summary>What every broker promises. One class for each broker runs all of it.</summary>
public abstract partial class BrokerCompliance : IAsyncLifetime
{
    private static int _queues;

    private readonly List<IAsyncDisposable> _open = [];

    protected IBroker Broker { get; private set; } = null!;

    protected static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        Broker = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open))
        {
            await one.DisposeAsync();
        }

        await Broker.DisposeAsync();
    }

    protected abstract Task<IBroker> OpenAsync();

    /// <summary>A queue that no other test has.</summary>
    protected static QueueSpec NewQueue(ushort prefetch = 1000) =>
        new($"compliance-{Environment.ProcessId}-{Interlocked.Increment(ref _queues)}", Durable: false, prefetch);

    protected ISink<string> Sink(QueueSpec queue)
    {
        var sink = Broker.Sink<string>(queue, Encode);
        _open.Add(sink);
        return sink;
    }

    protected ISource<string> Source(QueueSpec queue)
    {
        var source = Broker.Source(queue, Inbox.Decode);
        _open.Add(source);
        return source;
    }

    protected static void Encode(string message, IBufferWriter<byte> body) => Encoding.UTF8.GetBytes(message, body);

    protected static IEnumerable<string> Numbers(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");

    private protected static async Task PublishAsync(ISink<string> sink, IEnumerable<string> messages, Confirmations? confirmations = null)
    {
        foreach (var message in messages)
        {
            await sink.PublishAsync(message, confirmations?.One(), None);
        }

        await sink.FlushAsync(None);
    }

    /// <summary>A message there and back on a queue of its own: what the broker was going to push before has been pushed.</summary>
    private protected async Task RoundTripAsync()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        var source = Source(queue);
        await source.StartAsync(inbox.Receive, None);
        await PublishAsync(Sink(queue), ["there and back"]);
        foreach (var delivery in await inbox.WaitForAsync(1))
        {
            delivery.Ack();
        }
    }
}
