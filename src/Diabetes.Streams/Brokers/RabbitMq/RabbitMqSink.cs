using System.Buffers;

namespace Diabetes.Streams;

/// <summary>The typed front of a publisher: encodes on the caller's thread and waits there for room.</summary>
internal sealed class RabbitMqSink<T>(RabbitMqPublisher publisher, Encoder<T> encode) : ISink<T>
{
    // One call at a time, so it holds the message also while that waits for room.
    private readonly ArrayBufferWriter<byte> _encoded = new(256);

    public QueueSpec Queue => publisher.Queue;

    public int Outstanding => publisher.Outstanding;

    public ValueTask PublishAsync(T message, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _encoded.ResetWrittenCount();
        encode(message, _encoded);
        return publisher.TryAccept(_encoded.WrittenSpan, confirmation) ? default : WaitAsync(confirmation, cancellationToken);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => publisher.FlushAsync().WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => publisher.DisposeAsync();

    private async ValueTask WaitAsync(IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        do
        {
            await publisher.RoomAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!publisher.TryAccept(_encoded.WrittenSpan, confirmation));
    }
}
