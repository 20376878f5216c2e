namespace Diabetes.Streams;

/// <summary>A message accepted by a sink, in its place in the outbox. A place is used again and again, and keeps its buffer.</summary>
internal struct OutboxMessage
{
    // Buffers beyond this are not kept: a window of large messages would hold them all for ever.
    private const int Kept = 4096;

    private byte[]? _buffer;
    private int _length;

    /// <summary>Counted from the first message the sink accepted.</summary>
    public long Number { get; private set; }

    /// <summary>Whom to tell.</summary>
    public IConfirmation? Confirmation { get; private set; }

    /// <summary>False for a hole: confirmed, and behind one that is not.</summary>
    public bool IsOpen { get; private set; }

    public readonly ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    public void Fill(long number, ReadOnlySpan<byte> body, IConfirmation? confirmation)
    {
        if (_buffer is null || _buffer.Length < body.Length)
        {
            _buffer = new byte[body.Length];
        }

        body.CopyTo(_buffer);
        (Number, _length, Confirmation, IsOpen) = (number, body.Length, confirmation, true);
    }

    public void Empty()
    {
        (Confirmation, IsOpen) = (null, false);
        if (_buffer is { Length: > Kept })
        {
            _buffer = null;
        }
    }
}
