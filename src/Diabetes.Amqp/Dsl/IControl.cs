namespace Diabetes.Amqp.Dsl;

/// <summary>Stops a stream that consumes a queue. Every method may be called more than once and from any thread.</summary>
public interface IControl
{
    /// <summary>The number of deliveries that are neither acked nor nacked.</summary>
    int Unsettled { get; }

    /// <summary>Completes when the consumer is closed: its acks are sent and its channel is closed.</summary>
    Task IsShutdown { get; }

    /// <summary>
    /// Stops the deliveries, and completes the stream after those that have arrived. They can still be acked: the channel stays open until
    /// <see cref="Shutdown"/>.
    /// </summary>
    /// <returns>A task that completes when no more deliveries will arrive.</returns>
    Task Stop();

    /// <summary>Sends the remaining acks and nacks and closes the channel. The broker delivers everything else again.</summary>
    /// <param name="cause">The error with which the stream fails; null completes the stream.</param>
    /// <returns><see cref="IsShutdown"/>.</returns>
    Task Shutdown(Exception? cause = null);

    /// <summary>Stops consuming, waits until the stream has completed or failed, and closes the consumer.</summary>
    /// <param name="streamCompletion">The completion of the stream.</param>
    /// <returns>The result of the stream, once the consumer is closed.</returns>
    Task<T> DrainAndShutdown<T>(Task<T> streamCompletion);
}
