using System.Buffers;

namespace Diabetes.Streams;

/// <summary>A publisher to an in-process queue. What it accepted is in the queue, so nothing is ever outstanding.</summary>
internal sealed class InProcessSink<T>(QueueSpec spec, InProcessQueue queue, Encoder<T> encode) : ISink<T>
{
    private readonly ArrayBufferWriter<byte> _body = new(256);
    private readonly CancellationTokenSource _closed = new();

    public QueueSpec Queue => spec;

    public int Outstanding => 0;

    public ValueTask PublishAsync(T message, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        cancellationToken.ThrowIfCancellationRequested();
        _body.ResetWrittenCount();
        encode(message, _body);
        var body = _body.WrittenSpan;
        var buffer = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(buffer);
        if (!queue.TryPublish(buffer, body.Length))
        {
            return WaitAsync(buffer, body.Length, confirmation, cancellationToken);
        }

        confirmation?.Confirmed();
        return default;
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await _closed.CancelAsync().ConfigureAwait(false);

    private async ValueTask WaitAsync(byte[] buffer, int length, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            await queue.PublishAsync(buffer, length, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
            throw new OperationCanceledException(cancellationToken);
        }

        confirmation?.Confirmed();
    }
}
