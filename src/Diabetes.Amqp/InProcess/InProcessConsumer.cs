using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.InProcess;

/// <summary>A consumer of a queue of this process. All but what the queue calls is the queue's state, touched under its lock only.</summary>
internal sealed class InProcessConsumer(NamedQueueSourceSettings settings, InProcessQueue queue, IDeliveries deliveries) : AmqpConsumer, ISettlement
{
    /// <summary>Messages handed out and not settled, by delivery tag.</summary>
    public Dictionary<ulong, InProcessMessage> Held { get; } = [];

    /// <summary>No more messages for this one.</summary>
    public bool Stopped { get; set; }

    /// <summary>Completed once the call to <see cref="Receive"/> that was under way when the consumer was stopped has returned.</summary>
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

    /// <summary>Called by the queue's pump outside the lock, one message at a time.</summary>
    public void Receive(in InProcessMessage message, ulong tag) => deliveries.Take(
        new IncomingMessage(message.Body, "", settings.Queue.Name, message.Properties ?? MessageProperties.None), tag, message.Redelivered, this);

    void ISettlement.Ack(ulong tag) => queue.Settle(this, tag, ack: true);

    void ISettlement.Nack(ulong tag) => queue.Settle(this, tag, ack: false);
}
