using Diabetes.Amqp;
using Diabetes.Amqp.Client;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Cli;

/// <summary>
/// Holds the set-aside messages of one queue in RabbitMQ. Messages that were fetched and not replayed go back to their places when this
/// closes.
/// </summary>
internal sealed class SetAsideQueue : IAsyncDisposable
{
    private readonly HeldQueue _held;
    private readonly string _queue;
    private int _read;

    private SetAsideQueue(HeldQueue held, string queue) => (_held, _queue) = (held, queue);

    /// <summary>Connects to the broker.</summary>
    /// <param name="broker">Says how to reach the broker.</param>
    /// <param name="queue">The queue that the messages came from, without ".dead".</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    /// <exception cref="AmqpRefusedException">The broker refuses this process.</exception>
    /// <exception cref="CliException">The URI of the broker cannot be used.</exception>
    public static async Task<SetAsideQueue> OpenAsync(
        RabbitMqConnectionSettings broker, string queue, CancellationToken cancellationToken)
    {
        try
        {
            return new(await HeldQueue.OpenAsync(broker, SetAsideFormat.QueueOf(queue), cancellationToken), queue);
        }
        catch (ArgumentException unusable)
        {
            throw new CliException(unusable.Message);
        }
    }

    /// <summary>Reads the next message, the oldest first.</summary>
    /// <returns>The message; null if there is none left, or no such queue.</returns>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task<SetAsideMessage?> NextAsync(CancellationToken cancellationToken) =>
        await _held.NextAsync(cancellationToken) is { } message
            ? new SetAsideMessage(++_read, Read(message, _queue), message)
            : null;

    /// <summary>
    /// Publishes <paramref name="body"/> to the queue that this was opened for, waits for the broker's confirm, then removes the set-aside
    /// message.
    /// </summary>
    /// <exception cref="AmqpNotSentException">The broker did not take it, or the message says that it came from another queue: whoever may
    /// publish to the set-aside queue could otherwise send anywhere with the rights of the operator. It stays in its queue.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task ReplayAsync(SetAsideMessage message, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (message.Entry.Queue != _queue)
        {
            throw new AmqpNotSentException(
                $"Message {message.Number}: Nothing was sent: it says that it came from '{message.Entry.Queue}', not from '{_queue}'. "
                + $"It stays in '{SetAsideFormat.QueueOf(_queue)}'. Look at it with 'diabetes dead show'; if you trust it, publish it "
                + "yourself.");
        }

        if (message.Entry.Size > message.Entry.Body.Length && body.Equals(message.Entry.Body))
        {
            throw new AmqpNotSentException(
                $"Message {message.Number}: Nothing was sent: only the first {message.Entry.Body.Length} of its {message.Entry.Size} bytes "
                + "were kept. Send it again from where it came from, or give the whole message with --body.");
        }

        try
        {
            await _held.MoveAsync(message.Message, _queue, body, cancellationToken);
        }
        catch (AmqpNotSentException refused)
        {
            throw new AmqpNotSentException($"Message {message.Number}: {refused.Message}", refused);
        }
    }

    /// <summary>
    /// Reads a set-aside message of <paramref name="queue"/>. A policy of the broker may put messages there, too, unchanged.
    /// </summary>
    internal static QuarantineEntry Read(HeldMessage message, string queue)
    {
        if (SetAsideLetter.Read(message.Body.Span, message.Properties) is { } entry)
        {
            return entry;
        }

        var properties = message.Properties;
        var reason = properties.Header("x-first-death-reason");
        var detail = reason is null ? "not written by a node; another program put it here" : "the broker put it here by policy";
        return new QuarantineEntry(
            properties.Timestamp ?? DateTimeOffset.UnixEpoch,
            properties.Header("x-first-death-queue") ?? queue,
            reason ?? "Unknown",
            detail,
            message.Body);
    }

    /// <summary>Returns the held messages to the queue and closes the connection.</summary>
    public ValueTask DisposeAsync() => _held.DisposeAsync();
}

/// <summary>A set-aside message, held until the <see cref="SetAsideQueue"/> that fetched it closes.</summary>
/// <param name="Number">Its place in the queue, from 1, the oldest first.</param>
/// <param name="Entry">What the node wrote when it set the message aside; for a message that the broker put there, what its headers
/// say.</param>
/// <param name="Message">The message as the broker has it.</param>
internal sealed record SetAsideMessage(int Number, QuarantineEntry Entry, HeldMessage Message);
