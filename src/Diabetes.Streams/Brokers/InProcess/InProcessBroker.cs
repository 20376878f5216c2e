using System.Collections.Concurrent;

namespace Diabetes.Streams;

/// <summary>
/// Queues within the process, with the manners of a real broker: messages travel as bytes, are handed out up to the prefetch and come
/// again, at their old place, if their consumer leaves without settling them. A message is confirmed as soon as it is in its queue. Nothing
/// outlives the process.
/// </summary>
public sealed class InProcessBroker(InProcessBrokerOptions options) : IBroker
{
    private readonly ConcurrentDictionary<string, InProcessQueue> _queues = new(StringComparer.Ordinal);
    private volatile bool _closed;

    public BrokerState State => _closed ? BrokerState.Closed : BrokerState.Connected;

    public ISource<T> Source<T>(QueueSpec queue, Decoder<T> decode)
    {
        ArgumentOutOfRangeException.ThrowIfZero(queue.Prefetch);
        return new InProcessSource<T>(queue, Find(queue), decode);
    }

    public ISink<T> Sink<T>(QueueSpec queue, Encoder<T> encode) => new InProcessSink<T>(queue, Find(queue), encode);

    public ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return new(_queues.TryGetValue(queue, out var found) ? found.Depth : null);
    }

    public ValueTask DisposeAsync()
    {
        _closed = true;
        foreach (var queue in _queues.Values)
        {
            queue.Close();
        }

        return default;
    }

    private InProcessQueue Find(QueueSpec queue)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _queues.GetOrAdd(queue.Name, static (_, capacity) => new InProcessQueue(capacity), options.Capacity);
    }
}
