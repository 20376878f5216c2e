using System.Collections.Concurrent;
using Akka.Streams;
using Diabetes.Amqp.InProcess;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp;

/// <summary>
/// Queues within the process, with the manners of a real broker: messages travel as bytes, are handed out up to the prefetch and come
/// again, at their old place, if their consumer leaves without settling them. A message is confirmed as soon as it is in its queue. Nothing
/// outlives the process. There is the default exchange alone.
/// </summary>
/// <param name="capacity">
/// Most messages that wait in one queue, those handed out and unsettled not counted; a publisher to a full queue waits. Messages that come
/// back (rejected, or from a consumer that left) are always taken.
/// </param>
public sealed class InProcessConnection(int capacity = 100_000) : AmqpConnection
{
    private readonly ConcurrentDictionary<string, InProcessQueue> _queues = new(StringComparer.Ordinal);
    private volatile bool _closed;

    /// <inheritdoc/>
    public override AmqpConnectionState State => _closed ? AmqpConnectionState.Closed : AmqpConnectionState.Connected;

    /// <summary>Of no use here: nothing is ever lost.</summary>
    public override RestartSettings Reconnect { get; } = RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), randomFactor: 0);

    /// <inheritdoc/>
    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries) =>
        new InProcessConsumer(settings, Find(settings.Queue.Name), deliveries);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Another exchange than the default one is named.</exception>
    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms)
    {
        if (settings.Exchange.Length > 0)
        {
            throw new ArgumentException($"There is no exchange '{settings.Exchange}': the broker within the process has the default exchange alone.", nameof(settings));
        }

        return new InProcessPublisher(Find, confirms);
    }

    /// <inheritdoc/>
    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return new(_queues.TryGetValue(queue, out var found) ? found.Depth : null);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _closed = true;
        foreach (var queue in _queues.Values)
        {
            queue.Close();
        }

        return default;
    }

    private InProcessQueue Find(string queue)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _queues.GetOrAdd(queue, static (_, capacity) => new InProcessQueue(capacity), capacity);
    }
}
