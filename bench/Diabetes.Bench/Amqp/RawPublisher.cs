using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Bench.Amqp;

/// <summary>
/// Publishes as fast as the client can while it still knows what is confirmed: a window, a flag for each message in it, no resending.
/// </summary>
internal sealed class RawPublisher
{
    private const int Window = 2000;

    private readonly IChannel _channel;
    private readonly CachedString _queue;
    private readonly BasicProperties _properties = new() { Persistent = true, Headers = new Dictionary<string, object?>() };
    private readonly bool[] _confirmed = new bool[Window + 1];
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private ulong _oldest = 1;
    private ulong _next = 1;
    private int _most;

    public RawPublisher(IChannel channel, string queue)
    {
        (_channel, _queue) = (channel, new CachedString(queue));
        channel.BasicAcksAsync += AckedAsync;
    }

    public async ValueTask PublishAsync(ReadOnlyMemory<byte> body)
    {
        await UntilAtMostAsync(Window - 1);
        lock (_gate)
        {
            _next++;
        }

        await _channel.BasicPublishAsync(new CachedString(""), _queue, mandatory: true, _properties, body);
    }

    public Task FlushAsync() => UntilAtMostAsync(0).AsTask();

    private async ValueTask UntilAtMostAsync(int most)
    {
        while (true)
        {
            Task waiting;
            lock (_gate)
            {
                if ((int)(_next - _oldest) <= most)
                {
                    return;
                }

                _most = most;
                _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = _waiting.Task;
            }

            await waiting;
        }
    }

    private Task AckedAsync(object sender, BasicAckEventArgs ack)
    {
        lock (_gate)
        {
            for (var tag = ack.Multiple ? _oldest : ack.DeliveryTag; tag <= ack.DeliveryTag; tag++)
            {
                _confirmed[tag % (Window + 1)] = true;
            }

            for (; _oldest < _next && _confirmed[_oldest % (Window + 1)]; _oldest++)
            {
                _confirmed[_oldest % (Window + 1)] = false;
            }

            if (_waiting is { } waiting && (int)(_next - _oldest) <= _most)
            {
                _waiting = null;
                waiting.SetResult();
            }
        }

        return Task.CompletedTask;
    }
}
