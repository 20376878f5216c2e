namespace Diabetes.Streams;

/// <summary>
/// Consumes one queue. At least once: what was handed out and not settled comes again, after <see cref="IAsyncDisposable.DisposeAsync"/>,
/// a lost connection or a crash. At most <see cref="QueueSpec.Prefetch"/> deliveries are unsettled at a time.
/// </summary>
public interface ISource<T> : IAsyncDisposable
{
    QueueSpec Queue { get; }

    /// <summary>Deliveries handed out and not settled.</summary>
    int Unsettled { get; }

    /// <summary>
    /// Begins to consume; returns when the broker has taken the subscription, waiting for the broker as long as it takes. A connection
    /// lost later is found again and consumed on without the caller's help.
    /// </summary>
    /// <param name="receive">Called for each delivery, one at a time, in queue order; returns at once and never throws.</param>
    /// <param name="cancellationToken">Gives up waiting for the broker, and with it the source.</param>
    /// <exception cref="BrokerRefusedException">The broker will not have us: a mistake in the configuration.</exception>
    Task StartAsync(Action<Delivery<T>> receive, CancellationToken cancellationToken);

    /// <summary>Hands out no more deliveries. Those that are out can still be settled, until the source is disposed of.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
