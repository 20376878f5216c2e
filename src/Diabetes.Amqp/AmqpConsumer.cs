using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp;

/// <summary>
/// Consumes one queue, at least once: a delivery that was not acked is delivered again after <see cref="DisposeAsync"/>, a lost connection
/// or a crash.
/// </summary>
public abstract class AmqpConsumer : IAsyncDisposable
{
    /// <summary>The number of deliveries that are neither acked nor nacked.</summary>
    public abstract int Unsettled { get; }

    /// <summary>
    /// Begins to consume. Completes when the broker has confirmed the subscription, and waits for the broker without a limit. A
    /// subscription that is lost later is renewed automatically. Called once.
    /// </summary>
    /// <exception cref="AmqpRefusedException">The broker refuses this process.</exception>
    public abstract Task StartAsync();

    /// <summary>
    /// Stops the deliveries; when this completes, no more will arrive. Those that have arrived can still be acked until the consumer is
    /// disposed of.
    /// </summary>
    public abstract Task StopAsync();

    /// <summary>Sends the remaining acks and nacks and closes the channel. The broker then delivers everything else again.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// Receives the deliveries of a consumer. Called for one delivery at a time, in the order of the queue, on a thread of the broker's client.
/// </summary>
public interface IDeliveries
{
    /// <summary>Receives a delivery. It must return at once and must not throw.</summary>
    /// <param name="message">The message. Its buffer is only valid during the call.</param>
    /// <param name="tag">The delivery tag on the channel.</param>
    /// <param name="redelivered">True if the broker delivered the message before.</param>
    /// <param name="settlement">Acks or nacks the delivery.</param>
    void Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement);
}
