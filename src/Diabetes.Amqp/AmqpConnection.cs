using Akka.Streams;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp;

/// <summary>
/// Connects the stages of a process to a broker. The broker need not be up when the object is created: the connection waits for it, and
/// reconnects when it is lost. The stages use only the types in this file, so the same stages run on RabbitMQ, on queues in the process and
/// in a simulation.
/// </summary>
public abstract class AmqpConnection : IAsyncDisposable
{
    /// <summary>The present state of the connection.</summary>
    public abstract AmqpConnectionState State { get; }

    /// <summary>The pauses between attempts to connect. Sources and sinks use them too.</summary>
    public abstract RestartSettings Reconnect { get; }

    /// <summary>Creates a consumer that is not started yet.</summary>
    /// <param name="settings">The queue to consume and its prefetch.</param>
    /// <param name="deliveries">Receives the deliveries.</param>
    public abstract AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries);

    /// <summary>Creates a publisher. It begins to connect at once.</summary>
    /// <param name="settings">The exchange and the routing key to publish to.</param>
    /// <param name="confirms">Receives the confirms.</param>
    public abstract AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms);

    /// <summary>
    /// Asks for the depth of a queue; null if the queue does not exist. Waits for the broker without a limit, and declares nothing.
    /// </summary>
    /// <exception cref="AmqpRefusedException">The broker refuses this process, because the configuration is wrong.</exception>
    public abstract ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken);

    /// <summary>
    /// Declares a queue if it does not exist. Waits for the broker without a limit.
    /// </summary>
    /// <returns>False if the broker does not permit it to this process.</returns>
    public virtual ValueTask<bool> TryDeclareAsync(QueueDeclaration queue, CancellationToken cancellationToken) => new(true);

    /// <summary>Closes the connection. Consumers send their remaining acks and nacks, publishers drop what is unconfirmed.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Names the states of the connection to the broker. They are shown in logs; only the features node acts on them.</summary>
public enum AmqpConnectionState
{
    /// <summary>Not connected yet, or the connection was lost. The process tries to connect.</summary>
    Waiting,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>Connected, but the broker accepts no messages because it is short of memory or disk. Consuming still works.</summary>
    Blocked,

    /// <summary>Closed by this process.</summary>
    Closed,
}

/// <summary>Holds the depth of a queue.</summary>
/// <param name="Messages">The number of messages that have not been delivered to a consumer.</param>
/// <param name="Consumers">The number of consumers of the queue.</param>
public readonly record struct QueueDepth(long Messages, int Consumers);

/// <summary>
/// Reports that the broker refuses this process: wrong password, unknown virtual host, no permission, or an untrusted certificate. Thrown
/// only at the start, when it means that the configuration is wrong. If the broker refuses the process later, the process keeps trying.
/// </summary>
public sealed class AmqpRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
