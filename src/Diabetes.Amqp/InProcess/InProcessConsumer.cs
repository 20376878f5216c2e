using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.InProcess;

/// <summary>
/// Consumes a queue in the process. All members except <see cref="Receive"/> belong to the queue and are only used under its lock.
/// </summary>
internal sealed class InProcessConsumer(NamedQueueSourceSettings settings, InProcessQueue queue, IDeliveries deliveries)
    : AmqpConsumer, ISettlement
{
    /// <summary>The unacked messages by delivery tag.</summary>
    public Dictionary<ulong, InProcessMessage> Held { get; } = [];

    /// <summary>True once the consumer gets no more messages.</summary>
    public bool Stopped { get; set; }

    /// <summary>
    /// Completes when a call to <see cref="Receive"/> that ran while the consumer was stopped has returned. Null if nobody waits for it.
    /// </summary>
    public TaskCompletionSource? Idle { get; set; }

    public ulong LastTag { get; set; }

    public bool HasRoom => !Stopped && Held.Count < settings.Prefetch;

    public override int Unsettled => queue.Held(this);

    public override Task StartAsync()
    {
        queue.Add(this);
        return Task.CompletedTask;
    }

    public override Task StopAsync() => queue.StopAsync(this);

    public override async ValueTask DisposeAsync() => await queue.RemoveAsync(this).ConfigureAwait(false);

    /// <summary>Passes on one message. The queue calls it outside its lock.</summary>
    public void Receive(in InProcessMessage message, ulong tag) => deliveries.Take(
        new IncomingMessage(message.Body, "", settings.Queue.Name, message.Properties ?? MessageProperties.None),
        tag,
        message.Redelivered,
        this);

    void ISettlement.Ack(ulong tag) => queue.Settle(this, tag, ack: true);

    void ISettlement.Nack(ulong tag) => queue.Settle(this, tag, ack: false);
}
