using Akka.Configuration;
using Akka.Streams;

namespace Diabetes.Amqp.Settings;

/// <summary>Says which queue is consumed, and how.</summary>
public sealed record NamedQueueSourceSettings
{
    private NamedQueueSourceSettings(AmqpConnection connection, QueueDeclaration queue) =>
        (Connection, Queue, Reconnect) = (connection, queue, connection.Reconnect);

    /// <summary>The broker.</summary>
    public AmqpConnection Connection { get; init; }

    /// <summary>The queue. It is declared if it does not exist.</summary>
    public QueueDeclaration Queue { get; init; }

    /// <summary>The largest number of unacked deliveries. It also bounds what waits in the source.</summary>
    public ushort Prefetch { get; init; } = 1000;

    /// <summary>The pauses between attempts to subscribe again.</summary>
    public RestartSettings Reconnect { get; init; }

    /// <summary>Creates settings for <paramref name="queue"/>, with the pauses of the connection.</summary>
    public static NamedQueueSourceSettings Create(AmqpConnection connection, QueueDeclaration queue) => new(connection, queue);

    /// <summary>Creates settings from the keys <c>name</c>, <c>durable</c> and <c>prefetch</c>.</summary>
    /// <exception cref="ArgumentException">The name is missing, or the prefetch is not from 1 to 65,535.</exception>
    public static NamedQueueSourceSettings Create(AmqpConnection connection, Config config)
    {
        var prefetch = config.GetInt("prefetch", 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefetch, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prefetch);
        return new NamedQueueSourceSettings(connection, QueueDeclaration.Create(config)).WithPrefetch((ushort)prefetch);
    }

    /// <summary>Returns a copy with another prefetch.</summary>
    public NamedQueueSourceSettings WithPrefetch(ushort prefetch)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prefetch);
        return this with { Prefetch = prefetch };
    }

    /// <summary>Returns a copy with other pauses.</summary>
    public NamedQueueSourceSettings WithReconnect(RestartSettings reconnect) => this with { Reconnect = reconnect };
}
