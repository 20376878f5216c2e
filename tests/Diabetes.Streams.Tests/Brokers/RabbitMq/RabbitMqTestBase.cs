using System.Buffers;
using System.Text;
using Diabetes.Testing;

namespace Diabetes.Streams.Tests;

/// <summary>A broker with its log at hand, against the private server.</summary>
[Collection(RabbitMqCollection.Name)]
public abstract class RabbitMqTestBase(RabbitMqFixture fixture) : IAsyncLifetime
{
    private static int _queues;

    private RabbitMqBroker? _broker;

    protected PrivateRabbitMq Server => fixture.Server;

    protected RabbitMqOptions Options { get; set; } = new();

    private protected RecordingLogger Log { get; } = new();

    protected RabbitMqBroker Broker => _broker ??= new RabbitMqBroker(Options, TimeProvider.System, Log);

    protected static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync()
    {
        Options = fixture.Options;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    protected static QueueSpec NewQueue(bool durable = false, ushort prefetch = 1000) =>
        new($"rabbit-{Environment.ProcessId}-{Interlocked.Increment(ref _queues)}", durable, prefetch);

    protected ISink<string> Sink(QueueSpec queue) => Broker.Sink<string>(queue, Encode);

    private protected async Task<ISource<string>> StartAsync(QueueSpec queue, Inbox inbox)
    {
        var source = Broker.Source(queue, Inbox.Decode);
        await source.StartAsync(inbox.Receive, None);
        return source;
    }

    protected static IEnumerable<string> Numbers(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");

    private protected static async Task PublishAsync(ISink<string> sink, IEnumerable<string> messages, Confirmations? confirmations = null)
    {
        foreach (var message in messages)
        {
            await sink.PublishAsync(message, confirmations?.One(), None);
        }
    }

    protected static void Encode(string message, IBufferWriter<byte> body) => Encoding.UTF8.GetBytes(message, body);
}
