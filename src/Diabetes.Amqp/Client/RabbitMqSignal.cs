using System.Threading.Channels;

namespace Diabetes.Amqp.Client;

/// <summary>Wakes one loop. If it is set several times before the loop looks, the loop wakes once. It allocates nothing.</summary>
internal sealed class RabbitMqSignal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
    });

    public void Set() => _set.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync() => _set.Reader.ReadAsync();
}
