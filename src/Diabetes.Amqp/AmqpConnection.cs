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

/// <summary>How a broker stands to this process. Shown in logs and inspection; only a producer of messages acts on it.</summary>
public enum AmqpConnectionState
{
    /// <summary>Not reached yet, or lost: it is being looked for.</summary>
    Waiting,

    /// <summary>Reached; messages flow both ways.</summary>
    Connected,

    /// <summary>Reached, and refusing to take messages for now (its memory or disk is short). Consuming goes on.</summary>
    Blocked,

    /// <summary>Closed by this process.</summary>
    Closed,
}

/// <summary>What waits in a queue, and for whom.</summary>
/// <param name="Messages">Messages that are with no consumer yet.</param>
/// <param name="Consumers">Those who take turns with them.</param>
public readonly record struct QueueDepth(long Messages, int Consumers);

/// <summary>
/// The broker is there and refuses this process: wrong credentials, unknown virtual host, no permission, a certificate that is not trusted.
/// Thrown at start only, where it is a mistake in the configuration; a broker that changes its mind later is waited for.
/// </summary>
public sealed class AmqpRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
