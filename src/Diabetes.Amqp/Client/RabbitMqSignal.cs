using System.Threading.Channels;

namespace Diabetes.Amqp.Client;

/// <summary>Wakes one loop. Set any number of times before the loop looks, it wakes it once. Allocates nothing.</summary>
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
