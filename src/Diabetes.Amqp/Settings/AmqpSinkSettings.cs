using Akka.Configuration;
using Akka.Streams;

namespace Diabetes.Amqp.Settings;

/// <summary>Says where messages are published to.</summary>
public sealed record AmqpSinkSettings
{
    private AmqpSinkSettings(AmqpConnection connection) => (Connection, Reconnect) = (connection, connection.Reconnect);

    /// <summary>The broker.</summary>
    public AmqpConnection Connection { get; init; }

    /// <summary>
    /// The exchange; empty means the default exchange, whose routing keys are queue names. It is never declared: if it does not exist, the
    /// publisher waits for it.
    /// </summary>
    public string Exchange { get; init; } = "";

    /// <summary>The routing key of messages whose encoder sets none.</summary>
    public string RoutingKey { get; init; } = "";

    /// <summary>
    /// A queue to declare if it does not exist, also if it is deleted later: a message that the broker returns is sent again once the queue
    /// exists. Null if the queues belong to other services.
    /// </summary>
    public QueueDeclaration? Declaration { get; init; }

    /// <summary>True if the channel is opened, and the queue declared, only with the first message.</summary>
    public bool StartsWithFirstMessage { get; init; }

    /// <summary>The largest number of unconfirmed messages.</summary>
    public int Window { get; init; } = 2000;

    /// <summary>The pauses between attempts to publish again.</summary>
    public RestartSettings Reconnect { get; init; }

    /// <summary>Creates settings for the default exchange, with the pauses of the connection.</summary>
    public static AmqpSinkSettings Create(AmqpConnection connection) => new(connection);

    /// <summary>Creates settings for one queue, which is declared if it does not exist.</summary>
    public static AmqpSinkSettings Create(AmqpConnection connection, QueueDeclaration queue) =>
        new(connection) { RoutingKey = queue.Name, Declaration = queue };

    /// <summary>Creates settings for one queue from the keys <c>name</c> and <c>durable</c>.</summary>
    public static AmqpSinkSettings Create(AmqpConnection connection, Config config) => Create(connection, QueueDeclaration.Create(config));

    /// <summary>Returns a copy with another exchange.</summary>
    public AmqpSinkSettings WithExchange(string exchange) => this with { Exchange = exchange };

    /// <summary>Returns a copy with another routing key.</summary>
    public AmqpSinkSettings WithRoutingKey(string routingKey) => this with { RoutingKey = routingKey };

    /// <summary>Returns a copy with another queue to declare; null declares none.</summary>
    public AmqpSinkSettings WithDeclaration(QueueDeclaration? declaration) => this with { Declaration = declaration };

    /// <summary>Returns a copy that opens the channel only with the first message.</summary>
    public AmqpSinkSettings WithStartAtFirstMessage() => this with { StartsWithFirstMessage = true };

    /// <summary>Returns a copy with another largest number of unconfirmed messages.</summary>
    public AmqpSinkSettings WithWindow(int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        return this with { Window = window };
    }

    /// <summary>Returns a copy with other pauses.</summary>
    public AmqpSinkSettings WithReconnect(RestartSettings reconnect) => this with { Reconnect = reconnect };
}
