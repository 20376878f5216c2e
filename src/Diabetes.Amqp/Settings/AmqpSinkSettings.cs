using Akka.Configuration;
using Akka.Streams;

namespace Diabetes.Amqp.Settings;

/// <summary>Where messages are published to.</summary>
public sealed record AmqpSinkSettings
{
    private AmqpSinkSettings(AmqpConnection connection) => (Connection, Reconnect) = (connection, connection.Reconnect);

    /// <summary>The broker.</summary>
    public AmqpConnection Connection { get; init; }

    /// <summary>The exchange; empty for the default one, whose routing keys are names of queues. Never declared: one that is not there is waited for.</summary>
    public string Exchange { get; init; } = "";

    /// <summary>The routing key of messages whose encoder sets none.</summary>
    public string RoutingKey { get; init; } = "";

    /// <summary>
    /// A queue of our own, declared if it is not there, also when it goes later: a message that the broker returns is sent again once the queue is back. Null where
    /// queues are others' business.
    /// </summary>
    public QueueDeclaration? Declaration { get; init; }

    /// <summary>Whether the channel is opened, and the queue declared, with the first message only.</summary>
    public bool StartsWithFirstMessage { get; init; }

    /// <summary>Most messages accepted and not yet confirmed.</summary>
    public int Window { get; init; } = 2000;

    /// <summary>Pauses between tries to publish again.</summary>
    public RestartSettings Reconnect { get; init; }

    /// <summary>Publishes to the default exchange with the defaults and the connection's pauses.</summary>
    public static AmqpSinkSettings Create(AmqpConnection connection) => new(connection);

    /// <summary>Publishes to one queue of our own.</summary>
    public static AmqpSinkSettings Create(AmqpConnection connection, QueueDeclaration queue) =>
        new(connection) { RoutingKey = queue.Name, Declaration = queue };

    /// <summary>Reads <c>name</c> and <c>durable</c> of a queue of our own.</summary>
    public static AmqpSinkSettings Create(AmqpConnection connection, Config config) => Create(connection, QueueDeclaration.Create(config));

    /// <summary>The same to another exchange.</summary>
    public AmqpSinkSettings WithExchange(string exchange) => this with { Exchange = exchange };

    /// <summary>The same with another routing key.</summary>
    public AmqpSinkSettings WithRoutingKey(string routingKey) => this with { RoutingKey = routingKey };

    /// <summary>The same with a queue that is declared.</summary>
    public AmqpSinkSettings WithDeclaration(QueueDeclaration? declaration) => this with { Declaration = declaration };

    /// <summary>The same, but the channel is opened with the first message only.</summary>
    public AmqpSinkSettings WithStartAtFirstMessage() => this with { StartsWithFirstMessage = true };

    /// <summary>The same with another bound of unconfirmed messages.</summary>
    public AmqpSinkSettings WithWindow(int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        return this with { Window = window };
    }

    /// <summary>The same with other pauses.</summary>
    public AmqpSinkSettings WithReconnect(RestartSettings reconnect) => this with { Reconnect = reconnect };
}
