namespace Diabetes.Streams;

/// <summary>
/// Publishes to one queue, in the order of the calls as far as the broker keeps it. What the broker has not confirmed is held and sent
/// again after a lost connection, so a message may arrive twice and is never lost while the process lives.
/// </summary>
public interface ISink<in T> : IAsyncDisposable
{
    QueueSpec Queue { get; }

    /// <summary>Messages accepted and not yet confirmed.</summary>
    int Outstanding { get; }

    /// <summary>
    /// Accepts a message. Completes, mostly at once, when there is room for it among the outstanding; a full window, a blocked or a lost
    /// broker is waited for here, and that is the back-pressure. One call at a time.
    /// </summary>
    /// <param name="message">Encoded before the call returns.</param>
    /// <param name="confirmation">Told once, from any thread, what became of the message; null if nobody asks.</param>
    /// <param name="cancellationToken">Gives up waiting for room; the message was then not accepted and the confirmation is not called.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    /// <exception cref="ObjectDisposedException">The sink is closed.</exception>
    /// <exception cref="BrokerRefusedException">The broker would not have this sink at its start; every further call says so again.</exception>
    ValueTask PublishAsync(T message, IConfirmation? confirmation, CancellationToken cancellationToken);

    /// <summary>Completes when everything accepted before the call is confirmed and its confirmations have been told.</summary>
    /// <exception cref="ObjectDisposedException">The sink was closed meanwhile.</exception>
    /// <exception cref="BrokerRefusedException">The broker would not have this sink at its start.</exception>
    Task FlushAsync(CancellationToken cancellationToken);
}
