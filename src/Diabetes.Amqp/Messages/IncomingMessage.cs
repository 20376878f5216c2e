namespace Diabetes.Amqp.Messages;

/// <summary>
/// Holds a message as the broker delivered it. It is only valid during the call of the decoder, because the client reuses the buffer; a
/// decoder must copy what it keeps. Properties and headers are parsed only when they are read.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="exchange">The exchange that the message was published to; empty for the default exchange.</param>
/// <param name="routingKey">The routing key; on the default exchange it is the name of the queue.</param>
/// <param name="properties">Properties and headers.</param>
public readonly ref struct IncomingMessage(ReadOnlySpan<byte> body, string exchange, string routingKey, IMessageProperties properties)
{
    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The exchange that the message was published to; empty for the default exchange.</summary>
    public string Exchange { get; } = exchange;

    /// <summary>The routing key; on the default exchange it is the name of the queue.</summary>
    public string RoutingKey { get; } = routingKey;

    /// <summary>Properties and headers.</summary>
    public IMessageProperties Properties { get; } = properties;
}

/// <summary>Decodes a message. It must not throw: a message that cannot be decoded is returned as a value that says so.</summary>
public delegate T Decoder<out T>(in IncomingMessage message);
