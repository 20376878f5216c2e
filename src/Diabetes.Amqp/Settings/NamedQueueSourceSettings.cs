using Akka.Configuration;
using Akka.Streams;

namespace Diabetes.Amqp.Settings;

/// <summary>How a queue is consumed.</summary>
public sealed record NamedQueueSourceSettings
{
    private NamedQueueSourceSettings(AmqpConnection connection, QueueDeclaration queue) =>
        (Connection, Queue, Reconnect) = (connection, queue, connection.Reconnect);

    /// <summary>The broker.</summary>
    public AmqpConnection Connection { get; init; }

    /// <summary>The queue, declared if it is not there.</summary>
    public QueueDeclaration Queue { get; init; }

    /// <summary>Most unsettled deliveries at a time; also the bound of what waits in the source.</summary>
    public ushort Prefetch { get; init; } = 1000;

    /// <summary>Pauses between tries to subscribe again.</summary>
    public RestartSettings Reconnect { get; init; }

    /// <summary>Consumes <paramref name="queue"/> with the defaults and the connection's pauses.</summary>
    public static NamedQueueSourceSettings Create(AmqpConnection connection, QueueDeclaration queue) => new(connection, queue);

    /// <summary>Reads <c>name</c>, <c>durable</c> and <c>prefetch</c>.</summary>
    /// <exception cref="ArgumentException">There is no name, or the prefetch is not from 1 to 65,535.</exception>
    public static NamedQueueSourceSettings Create(AmqpConnection connection, Config config)
    {
        var prefetch = config.GetInt("prefetch", 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefetch, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prefetch);
        return new NamedQueueSourceSettings(connection, QueueDeclaration.Create(config)).WithPrefetch((ushort)prefetch);
    }

    /// <summary>The same with another bound of unsettled deliveries.</summary>
    public NamedQueueSourceSettings WithPrefetch(ushort prefetch)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prefetch);
        return this with { Prefetch = prefetch };
    }

    /// <summary>The same with other pauses.</summary>
    public NamedQueueSourceSettings WithReconnect(RestartSettings reconnect) => this with { Reconnect = reconnect };
}
