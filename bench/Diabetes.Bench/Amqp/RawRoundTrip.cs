using Diabetes.Amqp.Settings;
using RabbitMQ.Client;

namespace Diabetes.Bench.Amqp;

/// <summary>The floor: the client used bare, one connection to publish and one to consume, a channel a queue each.</summary>
internal sealed class RawRoundTrip : IAsyncDisposable
{
    private readonly Arrivals _arrivals = new();
    private readonly RawPublisher[] _publishers;
    private IConnection? _publishing;
    private IConnection? _consuming;

    private RawRoundTrip(int queues) => _publishers = new RawPublisher[queues];

    /// <param name="uri">The broker.</param>
    /// <param name="count">Observations a round.</param>
    /// <param name="queues">Messages an observation.</param>
    /// <param name="kind">Of all queues, which are durable.</param>
    public static async Task<RawRoundTrip> OpenAsync(Uri uri, int count, int queues, QueueKind kind)
    {
        var raw = new RawRoundTrip(queues);
        var factory = new ConnectionFactory { Uri = uri, AutomaticRecoveryEnabled = false };
        raw._publishing = await factory.CreateConnectionAsync();
        raw._consuming = await factory.CreateConnectionAsync();
        var arguments = kind == QueueKind.Quorum ? new Dictionary<string, object?> { ["x-queue-type"] = "quorum" } : null;
        for (var i = 0; i < queues; i++)
        {
            var name = $"raw-{Observation.Names[i]}-{kind}-{queues}";
            var publishing = await raw._publishing.CreateChannelAsync(new CreateChannelOptions(true, false));
            await publishing.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments);
            raw._publishers[i] = new RawPublisher(publishing, name);
            var consuming = await raw._consuming.CreateChannelAsync();
            await consuming.BasicQosAsync(0, 20_000, global: false);
            await consuming.BasicConsumeAsync(name, autoAck: false, new RawConsumer(consuming, raw._arrivals, count));
        }

        return raw;
    }

    public async Task RunAsync(int count)
    {
        var arrived = _arrivals.Expect(_publishers.Length * count);
        for (var i = 0; i < count; i++)
        {
            for (var queue = 0; queue < _publishers.Length; queue++)
            {
                await _publishers[queue].PublishAsync(Observation.Bodies[queue]);
            }
        }

        await Task.WhenAll(_publishers.Select(publisher => publisher.FlushAsync()));
        await arrived;
    }

    public async ValueTask DisposeAsync()
    {
        await _publishing!.DisposeAsync();
        await _consuming!.DisposeAsync();
    }
}
