using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp;

/// <summary>
/// Consumes one queue. At least once: what was handed out and not settled comes again, after <see cref="DisposeAsync"/>, a lost connection or a crash.
/// </summary>
public abstract class AmqpConsumer : IAsyncDisposable
{
    /// <summary>Deliveries handed out and not settled.</summary>
    public abstract int Unsettled { get; }

    /// <summary>
    /// Begins to consume; completes when the broker has taken the subscription, waiting for the broker as long as it takes. A subscription lost later is made
    /// again without the caller's help. Called once.
    /// </summary>
    /// <exception cref="AmqpRefusedException">The broker refuses this process.</exception>
    public abstract Task StartAsync();

    /// <summary>Hands out no more deliveries, once this completes. Those that are out can still be settled, until the consumer is disposed of.</summary>
    public abstract Task StopAsync();

    /// <summary>Sends the settlements that it was told and leaves; the broker takes back what is unsettled.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Takes the deliveries of a consumer. Called for one delivery at a time, in queue order, on the broker client's thread.</summary>
public interface IDeliveries
{
    /// <summary>Returns at once and never throws.</summary>
    /// <param name="message">Good during the call.</param>
    /// <param name="tag">The broker's number for the delivery on its channel.</param>
    /// <param name="redelivered">True where the broker handed the message out before.</param>
    /// <param name="settlement">The channel, which is to be told how the delivery ends.</param>
    void Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement);
}
