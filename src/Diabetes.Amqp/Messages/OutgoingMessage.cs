using System.Buffers;

namespace Diabetes.Amqp.Messages;

/// <summary>
/// Holds a message that an encoder fills in. One object is used for all messages of a stage; its content is copied when the message is
/// accepted.
/// </summary>
public sealed class OutgoingMessage
{
    private readonly ArrayBufferWriter<byte> _body = new(256);
    private readonly string _routingKey;
    private MessageProperties? _properties;

    /// <param name="routingKey">The routing key of messages whose encoder sets none.</param>
    public OutgoingMessage(string routingKey) => RoutingKey = _routingKey = routingKey;

    /// <summary>The buffer that the encoder writes the body to.</summary>
    public IBufferWriter<byte> Body => _body;

    /// <summary>The bytes of the body so far.</summary>
    public ReadOnlySpan<byte> WrittenBody => _body.WrittenSpan;

    /// <summary>The routing key; on the default exchange it is the name of the queue.</summary>
    public string RoutingKey { get; set; }

    /// <summary>The properties and headers. Created on first use, so a message without any costs nothing.</summary>
    public MessageProperties Properties => _properties ??= new MessageProperties();

    /// <summary>The properties and headers; null if the encoder set none.</summary>
    public MessageProperties? SetProperties => _properties;

    /// <summary>Clears the message for the next one.</summary>
    public void Clear()
    {
        _body.ResetWrittenCount();
        (RoutingKey, _properties) = (_routingKey, null);
    }
}

/// <summary>Encodes a message into <paramref name="outgoing"/>.</summary>
public delegate void Encoder<in T>(T message, OutgoingMessage outgoing);
