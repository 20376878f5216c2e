namespace Diabetes.Streams;

/// <summary>A consumer of an in-process queue.</summary>
internal sealed class InProcessSource<T>(QueueSpec spec, InProcessQueue queue, Decoder<T> decode)
    : InProcessConsumer(spec.Prefetch), ISource<T>, ISettlement
{
    private Action<Delivery<T>>? _receive;

    public QueueSpec Queue => spec;

    public int Unsettled => queue.Held(this);

    public Task StartAsync(Action<Delivery<T>> receive, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _receive, receive, null) is not null)
        {
            throw new InvalidOperationException($"The source of '{spec.Name}' was started before; take a new one from the broker.");
        }

        queue.Add(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => queue.StopAsync(this).WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await queue.RemoveAsync(this).ConfigureAwait(false);

    public override void Receive(in InProcessMessage message, ulong tag) =>
        _receive!(new Delivery<T>(decode(message.Body), tag, message.Redelivered, this));

    void ISettlement.Ack(ulong tag) => queue.Settle(this, tag, ack: true);

    void ISettlement.Nack(ulong tag, NackReason reason) => queue.Settle(this, tag, ack: false);
}
