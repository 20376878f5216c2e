using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>A message accepted by a publisher, in its place in the outbox. A place is used again and again, and keeps its buffer.</summary>
internal struct OutboxMessage
{
    // Buffers beyond this are not kept: a window of large messages would hold them all for ever.
    private const int Kept = 4096;

    private byte[]? _buffer;
    private int _length;

    /// <summary>The caller's number, said when the message is confirmed.</summary>
    public long Number { get; private set; }

    /// <summary>Where it goes.</summary>
    public CachedString RoutingKey { get; private set; }

    /// <summary>Null for those of a message on which nothing is set.</summary>
    public BasicProperties? Properties { get; private set; }

    /// <summary>False for a hole: confirmed, and behind one that is not.</summary>
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
