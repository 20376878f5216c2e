using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Watches how often a quorum queue has delivered a message before (the header <c>x-delivery-count</c>). At its delivery limit the queue
/// drops the message, and no node notices. It warns once for a queue, and again after those messages were acked.
/// </summary>
internal sealed class RedeliveryWatch(string queue, ILogger logger)
{
    /// <summary>The count from which a message is counted and the queue is warned of.</summary>
    public const long Often = 5;

    private const string Header = "x-delivery-count";
    private static readonly Meter Meter = new("Diabetes.Amqp");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "amqp.often_delivered", description: "Deliveries of messages that were delivered five times before or more often");

    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _open = [];
    private volatile bool _isWatching;
    private bool _isSaid;

    /// <summary>Looks at a delivery that the broker marked as delivered before.</summary>
    public void See(ulong tag, IReadOnlyBasicProperties properties)
    {
        if (Count(properties) is not { } count || count < Often)
        {
            return;
        }

        Deliveries.Add(1, new KeyValuePair<string, object?>("queue", queue));
        lock (_gate)
        {
            _open.Add(tag);
            _isWatching = true;
            if (_isSaid)
            {
                return;
            }

            _isSaid = true;
        }

        Log.OftenDelivered(logger, queue, count);
    }

    /// <summary>Notes an ack. When the last of these messages is acked, the next one is warned of again.</summary>
    public void Acked(ulong tag)
    {
        // Spares the lock for each ack of a queue that has no such messages.
        if (!_isWatching)
        {
            return;
        }

        lock (_gate)
        {
            if (_open.Remove(tag) && _open.Count == 0)
            {
                (_isSaid, _isWatching) = (false, false);
            }
        }
    }

    /// <summary>Forgets the deliveries of a lost channel, whose tags mean nothing on the next one.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _open.Clear();
            _isWatching = false;
        }
    }

    private static long? Count(IReadOnlyBasicProperties properties) =>
        properties.Headers is { } headers && headers.TryGetValue(Header, out var value)
            ? value switch
            {
                long count => count,
                int count => count,
                short count => count,
                byte count => count,
                _ => null,
            }
            : null;
}
