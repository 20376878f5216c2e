using RabbitMQ.Client;

namespace Diabetes.Bench.Streams;

/// <summary>The floor: the client used bare, one connection to publish and one to consume.</summary>
internal sealed class RawRoundTrip : IAsyncDisposable
{
    private readonly Arrivals _arrivals = new();
    private readonly RawPublisher[] _publishers = new RawPublisher[3];
    private IConnection? _publishing;
    private IConnection? _consuming;

    public static async Task<RawRoundTrip> OpenAsync(Uri uri, int count, bool durable)
    {
        var raw = new RawRoundTrip();
        var factory = new ConnectionFactory { Uri = uri, AutomaticRecoveryEnabled = false };
        raw._publishing = await factory.CreateConnectionAsync();
        raw._consuming = await factory.CreateConnectionAsync();
        for (var i = 0; i < 3; i++)
        {
            var name = $"raw-{Observation.Names[i]}-{durable}";
            var publishing = await raw._publishing.CreateChannelAsync(new CreateChannelOptions(true, false));
            await publishing.QueueDeclareAsync(name, durable, exclusive: false, autoDelete: false);
            raw._publishers[i] = new RawPublisher(publishing, name);
            var consuming = await raw._consuming.CreateChannelAsync();
            await consuming.BasicQosAsync(0, 20_000, global: false);
            await consuming.BasicConsumeAsync(name, autoAck: false, new RawConsumer(consuming, raw._arrivals, count));
        }

        return raw;
    }

    public async Task RunAsync(int count)
    {
        var arrived = _arrivals.Expect(3 * count);
        for (var i = 0; i < count; i++)
        {
            for (var queue = 0; queue < 3; queue++)
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
