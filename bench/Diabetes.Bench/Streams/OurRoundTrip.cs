using System.Buffers;
using Diabetes.Streams;

namespace Diabetes.Bench.Streams;

/// <summary>The same through a broker of ours: each delivery settled by itself.</summary>
internal sealed class OurRoundTrip : IAsyncDisposable
{
    private readonly Arrivals _arrivals = new();
    private readonly ISink<byte[]>[] _sinks = new ISink<byte[]>[3];
    private readonly IBroker _broker;

    private OurRoundTrip(IBroker broker) => _broker = broker;

    public static async Task<OurRoundTrip> OpenAsync(IBroker broker, bool durable)
    {
        var ours = new OurRoundTrip(broker);
        for (var i = 0; i < 3; i++)
        {
            var queue = new QueueSpec($"ours-{Observation.Names[i]}-{durable}", durable, Prefetch: 20_000);
            ours._sinks[i] = broker.Sink<byte[]>(queue, static (message, body) => body.Write(message));
            await broker.Source(queue, static body => body.Length).StartAsync(ours.Receive, CancellationToken.None);
        }

        return ours;
    }

    public async Task RunAsync(int count)
    {
        var arrived = _arrivals.Expect(3 * count);
        for (var i = 0; i < count; i++)
        {
            for (var queue = 0; queue < 3; queue++)
            {
                await _sinks[queue].PublishAsync(Observation.Bodies[queue], null, CancellationToken.None);
            }
        }

        await Task.WhenAll(_sinks.Select(sink => sink.FlushAsync(CancellationToken.None)));
        await arrived;
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private void Receive(Delivery<int> delivery)
    {
        delivery.Ack();
        _arrivals.One();
    }
}
