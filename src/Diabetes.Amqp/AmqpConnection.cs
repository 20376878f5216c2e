using Akka.Streams;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp;

/// <summary>
/// A broker, shared by all stages of a process. Nothing has to be there when it is made: the broker is waited for, and found again when it is lost. The stages know
/// this page alone, so the same stages run on RabbitMQ, on queues within the process and in a simulation.
/// </summary>
public abstract class AmqpConnection : IAsyncDisposable
{
    /// <summary>How the broker stands to this process at the moment.</summary>
    public abstract AmqpConnectionState State { get; }

    /// <summary>Pauses between tries to reach the broker; sources and sinks take them over.</summary>
    public abstract RestartSettings Reconnect { get; }

    /// <summary>A consumer, not started.</summary>
    /// <param name="settings">What to consume.</param>
    /// <param name="deliveries">Takes the deliveries.</param>
    public abstract AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries);

    /// <summary>A publisher, which begins to look for the broker.</summary>
    /// <param name="settings">Where to publish to.</param>
    /// <param name="confirms">Hears what becomes of the messages.</param>
    public abstract AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms);

    /// <summary>What waits in a queue, or null where there is no such queue. Waits for the broker as long as it takes; declares nothing.</summary>
    /// <exception cref="AmqpRefusedException">The broker refuses this process: a mistake in the configuration.</exception>
    public abstract ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Closes what is still open: consumers send the settlements that they were told, publishers give up what is unconfirmed.</summary>
    public abstract ValueTask DisposeAsync();
}
