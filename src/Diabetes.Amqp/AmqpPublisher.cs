using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp;

/// <summary>
/// Publishes messages in the order of the calls. Messages are kept until the broker confirms them and are sent again after a lost
/// connection. So a message may arrive twice, and none is lost while the process lives.
/// </summary>
public abstract class AmqpPublisher : IAsyncDisposable
{
    /// <summary>The number of messages that are not yet confirmed.</summary>
    public abstract int Outstanding { get; }

    /// <summary>
    /// Copies the message if the window has room. Returns false if not; <see cref="IConfirms.Room"/> is called when there is room again.
    /// </summary>
    /// <param name="message">The message to publish.</param>
    /// <param name="number">The number that <see cref="IConfirms.Confirmed"/> gets for this message.</param>
    /// <exception cref="ObjectDisposedException">The publisher or its connection is closed.</exception>
    public abstract bool TryAccept(OutgoingMessage message, long number);

    /// <summary>Sends the accepted messages. Called once for many messages, because it may wake another thread.</summary>
    public abstract void Send();

    /// <summary>Closes the publisher. Messages that are not confirmed are dropped.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// Receives the confirms of a publisher. Called from any thread, also inside <see cref="AmqpPublisher.Send"/>. The methods must return at
/// once and must not throw.
/// </summary>
public interface IConfirms
{
    /// <summary>Tells that the broker has confirmed these messages.</summary>
    void Confirmed(ReadOnlySpan<long> numbers);

    /// <summary>Tells that the window may have room again, after a message was not accepted.</summary>
    void Room();

    /// <summary>Tells that the broker refuses this process at the start.</summary>
    void Refused(AmqpRefusedException reason);
}
