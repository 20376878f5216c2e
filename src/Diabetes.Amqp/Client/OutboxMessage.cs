using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>Holds a message in its place in the outbox. A place is reused and keeps its buffer.</summary>
internal struct OutboxMessage
{
    // Larger buffers are not kept, because otherwise a window of large messages would hold that memory for ever.
    private const int Kept = 4096;

    private byte[]? _buffer;
    private int _length;

    /// <summary>The caller's number, which is reported when the message is confirmed.</summary>
    public long Number { get; private set; }

    /// <summary>The routing key.</summary>
    public CachedString RoutingKey { get; private set; }

    /// <summary>The properties; null if nothing is set on the message.</summary>
    public BasicProperties? Properties { get; private set; }

    /// <summary>False for a hole: a confirmed message behind one that is not confirmed.</summary>
    public bool IsOpen { get; private set; }

    public readonly ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    public void Fill(long number, CachedString routingKey, BasicProperties? properties, ReadOnlySpan<byte> body)
    {
        if (_buffer is null || _buffer.Length < body.Length)
        {
            _buffer = new byte[body.Length];
        }

        body.CopyTo(_buffer);
        (Number, RoutingKey, Properties, _length, IsOpen) = (number, routingKey, properties, body.Length, true);
    }

    public void Empty()
    {
        (Properties, IsOpen) = (null, false);
        if (_buffer is { Length: > Kept })
        {
            _buffer = null;
        }
    }
}
