namespace Diabetes.Streams;

/// <summary>
/// A message broker: named queues, at-least-once. Two of them: in process and RabbitMQ; one compliance suite holds both to this page.
/// </summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>How the broker stands to this process at the moment.</summary>
    BrokerState State { get; }

    /// <summary>A consumer of <paramref name="queue"/>. Nothing is consumed before <see cref="ISource{T}.StartAsync"/>.</summary>
    ISource<T> Source<T>(QueueSpec queue, Decoder<T> decode);

    /// <summary>A publisher to <paramref name="queue"/>.</summary>
    ISink<T> Sink<T>(QueueSpec queue, Encoder<T> encode);

    /// <summary>What waits in a queue, or null where there is no such queue. Waits for the broker as long as it takes; declares nothing.</summary>
    /// <exception cref="BrokerRefusedException">The broker will not have us: a mistake in the configuration.</exception>
    ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken);
}
