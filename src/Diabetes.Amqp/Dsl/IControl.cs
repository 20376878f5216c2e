namespace Diabetes.Amqp.Dsl;

/// <summary>What a consumer stream is stopped by. Every method may be called again, and from any thread.</summary>
public interface IControl
{
    /// <summary>Deliveries handed out and not settled.</summary>
    int Unsettled { get; }

    /// <summary>Completes when the consumer is gone: its settlements are sent and its channel is closed.</summary>
    Task IsShutdown { get; }

    /// <summary>
    /// Hands out no more deliveries and completes the stream behind those that are there already. Their settlements still work: the channel stays open until
    /// <see cref="Shutdown"/>.
    /// </summary>
    /// <returns>Completes when the broker hands out no more.</returns>
    Task Stop();

    /// <summary>Sends the settlements and closes the channel. What is unsettled goes back to the broker.</summary>
    /// <param name="cause">Fails the stream with this; null completes it.</param>
    /// <returns><see cref="IsShutdown"/>.</returns>
    Task Shutdown(Exception? cause = null);

    /// <summary>Stops, waits until the stream has completed, and shuts down, also where the stream failed.</summary>
    /// <param name="streamCompletion">The stream's end.</param>
    /// <returns>The stream's result, once the consumer is gone.</returns>
    Task<T> DrainAndShutdown<T>(Task<T> streamCompletion);
}
