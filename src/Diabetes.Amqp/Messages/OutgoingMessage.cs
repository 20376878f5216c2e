using System.Buffers;

namespace Diabetes.Amqp.Messages;

/// <summary>
/// A message on its way to the broker, for an encoder to fill. One object is used for all messages of a stage; what is written into it is copied when the message
/// is accepted.
/// </summary>
public sealed class OutgoingMessage
{
    private readonly ArrayBufferWriter<byte> _body = new(256);
    private readonly string _routingKey;
    private MessageProperties? _properties;

    /// <param name="routingKey">The routing key of messages whose encoder sets none.</param>
    public OutgoingMessage(string routingKey) => RoutingKey = _routingKey = routingKey;

    /// <summary>Where the encoder writes the bytes.</summary>
    public IBufferWriter<byte> Body => _body;

    /// <summary>The bytes written so far.</summary>
    public ReadOnlySpan<byte> WrittenBody => _body.WrittenSpan;

    /// <summary>The routing key; on the default exchange, the name of the queue.</summary>
    public string RoutingKey { get; set; }

    /// <summary>Properties and headers. Made when first asked for, so a message without any costs nothing.</summary>
    public MessageProperties Properties => _properties ??= new MessageProperties();

    /// <summary>Properties and headers; null where the encoder set none.</summary>
    public MessageProperties? SetProperties => _properties;

    /// <summary>Makes room for the next message.</summary>
    public void Clear()
    {
        _body.ResetWrittenCount();
        (RoutingKey, _properties) = (_routingKey, null);
    }
}

/// <summary>Writes a message into <paramref name="outgoing"/>.</summary>
public delegate void Encoder<in T>(T message, OutgoingMessage outgoing);
