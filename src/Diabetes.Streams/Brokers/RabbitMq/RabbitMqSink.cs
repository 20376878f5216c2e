using System.Buffers;

namespace Diabetes.Streams;

/// <summary>The typed front of a publisher: encodes on the caller's thread and waits there for room.</summary>
internal sealed class RabbitMqSink<T>(RabbitMqPublisher publisher, Encoder<T> encode) : ISink<T>
{
    private readonly ArrayBufferWriter<byte> _encoded = new(256);

    public QueueSpec Queue => publisher.Queue;

    public int Outstanding => publisher.Outstanding;

    public ValueTask PublishAsync(T message, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _encoded.ResetWrittenCount();
        encode(message, _encoded);
        var length = _encoded.WrittenCount;
        var body = ArrayPool<byte>.Shared.Rent(length);
        _encoded.WrittenSpan.CopyTo(body);
        return publisher.TryAccept(body, length, confirmation) ? default : WaitAsync(body, length, confirmation, cancellationToken);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => publisher.FlushAsync().WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => publisher.DisposeAsync();

    private async ValueTask WaitAsync(byte[] body, int length, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        do
        {
            await publisher.RoomAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!publisher.TryAccept(body, length, confirmation));
    }
}
