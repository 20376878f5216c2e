namespace Diabetes.Amqp.Messages;

/// <summary>
/// A message as it comes from the broker. Good during the call of the decoder only: the client uses the buffer again, and what the decoder keeps it copies.
/// Properties and headers are taken apart only when somebody asks for them.
/// </summary>
/// <param name="body">The bytes.</param>
/// <param name="exchange">The exchange that it was published to; empty for the default one.</param>
/// <param name="routingKey">Its routing key: on the default exchange, the name of the queue.</param>
/// <param name="properties">Properties and headers.</param>
public readonly ref struct IncomingMessage(ReadOnlySpan<byte> body, string exchange, string routingKey, IMessageProperties properties)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The exchange that it was published to; empty for the default one.</summary>
    public string Exchange { get; } = exchange;

    /// <summary>Its routing key: on the default exchange, the name of the queue.</summary>
    public string RoutingKey { get; } = routingKey;

    /// <summary>Properties and headers.</summary>
    public IMessageProperties Properties { get; } = properties;
}

/// <summary>Makes a payload of a message. Never throws: what cannot be read is a payload of its own.</summary>
public delegate T Decoder<out T>(in IncomingMessage message);
