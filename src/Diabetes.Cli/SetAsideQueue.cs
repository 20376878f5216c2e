using Diabetes.Amqp;
using Diabetes.Amqp.Client;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Wire;

namespace Diabetes.Cli;

/// <summary>
/// Holds the set-aside messages of one queue in RabbitMQ. Messages that were fetched and not replayed go back to their places when this
/// closes.
/// </summary>
internal sealed class SetAsideQueue : IAsyncDisposable
{
    private readonly HeldQueue _held;
    private readonly string _queue;

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

    /// <summary>Fetches messages, the oldest first. Call it once for each opening: what is fetched is held.</summary>
    /// <param name="limit">Most messages to fetch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The messages, and how many more wait; none if the queue does not exist.</returns>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task<(IReadOnlyList<SetAsideMessage> Messages, long More)> FindAsync(int limit, CancellationToken cancellationToken)
    {
        var (messages, more) = await _held.FetchAsync(limit, cancellationToken);
        return ([.. messages.Select((message, place) => new SetAsideMessage(place + 1, Read(message, _queue), message))], more);
    }

    /// <summary>
    /// Publishes <paramref name="body"/> to the queue that the message came from, waits for the broker's confirm, then removes the
    /// set-aside message.
    /// </summary>
    /// <exception cref="IOException">The broker did not confirm; the set-aside message stays in its queue.</exception>
    public async Task ReplayAsync(SetAsideMessage message, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await _held.MoveAsync(message.Message, message.Entry.Queue, body, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new IOException($"Message {message.Number}: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Reads a set-aside message of <paramref name="queue"/>. A policy of the broker may put messages there, too, unchanged.
    /// </summary>
    internal static QuarantineEntry Read(HeldMessage message, string queue)
    {
        if (SetAsideFormat.Read(message.Body.Span) is { } entry)
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
