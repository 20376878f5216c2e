using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Streams;

/// <summary>
/// The dead letters of one queue in a RabbitMQ, for the hands of an operator. Letters that were looked at and not replayed go back to their places when this
/// closes; until then nobody else sees them. Unlike a source it waits for nothing: a broker that is not there is an error.
/// </summary>
public sealed class DeadLetterQueue : IAsyncDisposable
{
    private readonly RabbitMqEndpoint _endpoint;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;

    private DeadLetterQueue(RabbitMqEndpoint endpoint, IConnection connection, IChannel channel, string queue) =>
        (_endpoint, _connection, _channel, _queue) = (endpoint, connection, channel, queue);

    /// <param name="options">How the broker is reached.</param>
    /// <param name="queue">The queue that the letters came from, not their own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    /// <exception cref="BrokerRefusedException">The broker will not have us.</exception>
    public static async Task<DeadLetterQueue> OpenAsync(RabbitMqOptions options, string queue, CancellationToken cancellationToken)
    {
        var endpoint = RabbitMqEndpoint.Parse(options.Uri);
        try
        {
            var connection = await RabbitMqLink.Factory(endpoint, options).CreateConnectionAsync(options.ConnectionName, cancellationToken).ConfigureAwait(false);
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken).ConfigureAwait(false);
            return new DeadLetterQueue(endpoint, connection, channel, queue);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, endpoint);
        }
    }

    /// <summary>The letters from the oldest on. Once for each opening: what is found is held.</summary>
    /// <param name="limit">Most letters to fetch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The letters, and how many more wait; none where the queue does not exist.</returns>
    /// <exception cref="IOException">The broker went away.</exception>
    public async Task<(IReadOnlyList<FoundLetter> Letters, long More)> FindAsync(int limit, CancellationToken cancellationToken)
    {
        var letters = new List<FoundLetter>();
        try
        {
            var more = 0L;
            while (letters.Count < limit
                && await _channel.BasicGetAsync(DeadLetterFormat.QueueOf(_queue).Name, autoAck: false, cancellationToken).ConfigureAwait(false) is { } got)
            {
                letters.Add(new FoundLetter(letters.Count + 1, DeadLetterFormat.Read(got.Body.Span) ?? PutByTheBroker(got), got.DeliveryTag));
                more = got.MessageCount;
            }

            return (letters, more);
        }
        catch (Exception fault) when (RabbitMqRefusal.Code(fault) == RabbitMqChannels.NotFound)
        {
            return ([], 0);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, _endpoint);
        }
    }

    /// <summary>Publishes <paramref name="body"/> to the queue that the letter came from and then, once the broker has confirmed it, takes the letter away.</summary>
    /// <exception cref="IOException">The broker did not take the message; the letter stays.</exception>
    public async Task ReplayAsync(FoundLetter letter, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var properties = new BasicProperties { Persistent = true };
            await _channel.BasicPublishAsync("", letter.Entry.Queue, mandatory: true, properties, body, cancellationToken).ConfigureAwait(false);
            await _channel.BasicAckAsync(letter.Tag, multiple: false, cancellationToken).ConfigureAwait(false);
        }
        catch (PublishException refused)
        {
            var why = refused.IsReturn ? "there is no such queue; start the node that consumes it" : "the broker would not take it; is the queue full?";
            throw new IOException($"Letter {letter.Number} was not sent to '{letter.Entry.Queue}': {why}. It stays in '{DeadLetterFormat.QueueOf(_queue).Name}'.", refused);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, _endpoint);
        }
    }

    /// <summary>Lets go of what is held.</summary>
    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    // A policy of the operator may send messages here too, as they are.
    private QuarantineEntry PutByTheBroker(BasicGetResult got)
    {
        var headers = got.BasicProperties.Headers;
        var reason = Text(headers, "x-first-death-reason");
        var detail = reason is null ? "no dead letter of a node's; somebody else put it here" : "the broker put it here by policy";
        var time = got.BasicProperties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(got.BasicProperties.Timestamp.UnixTime) : DateTimeOffset.UnixEpoch;
        return new QuarantineEntry(time, Text(headers, "x-first-death-queue") ?? _queue, reason ?? "Unknown", detail, got.Body.ToArray());
    }

    private static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) && value is byte[] text ? Encoding.UTF8.GetString(text) : null;

    private static Exception Readable(Exception fault, RabbitMqEndpoint endpoint) =>
        RabbitMqRefusal.AsRefused(fault, endpoint) as Exception
        ?? new IOException($"RabbitMQ at {endpoint}: {RabbitMqRefusal.Reason(fault)}. Start it, or name the right one with --amqp.", fault);
}
