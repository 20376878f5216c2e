using Diabetes.Amqp.Client;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp;
using Diabetes.Domain.Wire;

namespace Diabetes.Cli;

/// <summary>The dead letters of one queue in a RabbitMQ. Those that were looked at and not replayed go back to their places when this closes.</summary>
internal sealed class SetAsideQueue : IAsyncDisposable
{
    private readonly HeldQueue _held;
    private readonly string _queue;

    private SetAsideQueue(HeldQueue held, string queue) => (_held, _queue) = (held, queue);

    /// <param name="broker">How the broker is reached.</param>
    /// <param name="queue">The queue that the letters came from, not their own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    /// <exception cref="AmqpRefusedException">The broker refuses this process.</exception>
    public static async Task<SetAsideQueue> OpenAsync(RabbitMqConnectionSettings broker, string queue, CancellationToken cancellationToken) =>
        new(await HeldQueue.OpenAsync(broker, SetAsideFormat.QueueOf(queue), cancellationToken), queue);

    /// <summary>The letters from the oldest on. Once for each opening: what is found is held.</summary>
    /// <param name="limit">Most letters to fetch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The letters, and how many more wait; none where the queue does not exist.</returns>
    /// <exception cref="IOException">The broker went away.</exception>
    public async Task<(IReadOnlyList<SetAsideMessage> Letters, long More)> FindAsync(int limit, CancellationToken cancellationToken)
    {
        var (messages, more) = await _held.FetchAsync(limit, cancellationToken);
        return ([.. messages.Select((message, place) => new SetAsideMessage(place + 1, Read(message, _queue), message))], more);
    }

    /// <summary>Publishes <paramref name="body"/> to the queue that the letter came from and then, once the broker has confirmed it, takes the letter away.</summary>
    /// <exception cref="IOException">The broker did not take the message; the letter stays.</exception>
    public async Task ReplayAsync(SetAsideMessage letter, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await _held.MoveAsync(letter.Message, letter.Entry.Queue, body, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new IOException($"Letter {letter.Number}: {failure.Message}", failure);
        }
    }

    /// <summary>What a message among the dead letters of <paramref name="queue"/> says. A policy of the operator may send messages there too, as they are.</summary>
    internal static QuarantineEntry Read(HeldMessage message, string queue)
    {
        if (SetAsideFormat.Read(message.Body.Span) is { } entry)
        {
            return entry;
        }

        var properties = message.Properties;
        var reason = properties.Header("x-first-death-reason");
        var detail = reason is null ? "no dead letter of a node's; somebody else put it here" : "the broker put it here by policy";
        return new QuarantineEntry(
            properties.Timestamp ?? DateTimeOffset.UnixEpoch, properties.Header("x-first-death-queue") ?? queue, reason ?? "Unknown", detail, message.Body);
    }

    /// <summary>Lets go of what is held.</summary>
    public ValueTask DisposeAsync() => _held.DisposeAsync();
}

/// <summary>A dead letter in its queue, held until the <see cref="SetAsideQueue"/> that found it closes.</summary>
/// <param name="Number">Its place in the queue, from 1, the oldest first.</param>
/// <param name="Entry">What it says. Of a message that the broker put there itself, what the broker says of it.</param>
/// <param name="Message">The letter as the broker has it.</param>
internal sealed record SetAsideMessage(int Number, QuarantineEntry Entry, HeldMessage Message);
