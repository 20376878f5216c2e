using System.Collections.Concurrent;
using Akka.Streams;
using Diabetes.Amqp.InProcess;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp;

/// <summary>
/// Provides queues in the memory of the process that behave like a broker's. Messages are passed as bytes and delivered up to the prefetch;
/// if their consumer leaves without acking them, they return to their old place in the queue. A message is confirmed as soon as it is in
/// its queue. Nothing survives the process, and there is only the default exchange.
/// </summary>
/// <param name="capacity">The largest number of messages that wait in one queue, not counting those that are delivered and not acked. A
/// publisher to a full queue waits. Messages that return (nacked, or from a consumer that left) are always accepted.</param>
public sealed class InProcessConnection(int capacity = 100_000) : AmqpConnection
{
    private readonly ConcurrentDictionary<string, InProcessQueue> _queues = new(StringComparer.Ordinal);
    private volatile bool _closed;

    /// <inheritdoc/>
    public override AmqpConnectionState State => _closed ? AmqpConnectionState.Closed : AmqpConnectionState.Connected;

    /// <summary>Not used, because this connection is never lost.</summary>
    public override RestartSettings Reconnect { get; } =
        RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), randomFactor: 0);

    /// <inheritdoc/>
    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries) =>
        new InProcessConsumer(settings, Find(settings.Queue.Name), deliveries);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An exchange other than the default one is named.</exception>
    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms)
    {
        if (settings.Exchange.Length > 0)
        {
            throw new ArgumentException(
                $"There is no exchange '{settings.Exchange}': queues in the process have only the default exchange. Leave the exchange "
                + "empty.",
                nameof(settings));
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
