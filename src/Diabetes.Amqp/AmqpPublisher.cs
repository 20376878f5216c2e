using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp;

/// <summary>
/// Publishes in the order of the calls as far as the broker keeps it. What the broker has not confirmed is held and sent again after a lost connection, so a message
/// may arrive twice and is never lost while the process lives.
/// </summary>
public abstract class AmqpPublisher : IAsyncDisposable
{
    /// <summary>Messages accepted and not yet confirmed.</summary>
    public abstract int Outstanding { get; }

    /// <summary>Copies the message, if there is room for it among the outstanding. Where there is none, <see cref="IConfirms.Room"/> tells when there is.</summary>
    /// <param name="message">What to publish.</param>
    /// <param name="number">Said when it is confirmed.</param>
    /// <exception cref="ObjectDisposedException">The publisher or its connection is closed.</exception>
    public abstract bool TryAccept(OutgoingMessage message, long number);

    /// <summary>Sends what was accepted. Called once for all that was accepted together, since it may wake another thread.</summary>
    public abstract void Send();

    /// <summary>Leaves. What is unconfirmed is given up.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Hears what becomes of published messages. Called from any thread, also from within <see cref="AmqpPublisher.Send"/>; returns at once and never throws.</summary>
public interface IConfirms
{
    /// <summary>The broker has these messages.</summary>
    void Confirmed(ReadOnlySpan<long> numbers);

    /// <summary>There may be room again, after a message was not accepted.</summary>
    void Room();

    /// <summary>The broker refuses this process, at its start.</summary>
    void Refused(AmqpRefusedException reason);
}
