using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using RabbitMQ.Client.Exceptions;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// The messages of one queue of a RabbitMQ, for the hands of an operator. Those that were looked at and not taken go back to their places when this closes; until
/// then nobody else sees them. Unlike a source it waits for nothing: a broker that is not there is an error.
/// </summary>
public sealed class HeldQueue : IAsyncDisposable
{
    private readonly RabbitMqEndpoint _endpoint;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;

    private HeldQueue(RabbitMqEndpoint endpoint, IConnection connection, IChannel channel, string queue) =>
        (_endpoint, _connection, _channel, _queue) = (endpoint, connection, channel, queue);

    /// <param name="settings">How the broker is reached.</param>
    /// <param name="queue">The queue to look at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    /// <exception cref="AmqpRefusedException">The broker refuses this process.</exception>
    public static async Task<HeldQueue> OpenAsync(RabbitMqConnectionSettings settings, string queue, CancellationToken cancellationToken)
    {
        var endpoint = RabbitMqEndpoint.Parse(settings.Uri);
        try
        {
            var connection = await RabbitMqLink.Factory(endpoint, settings).CreateConnectionAsync(settings.ConnectionName, cancellationToken).ConfigureAwait(false);
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken).ConfigureAwait(false);
            return new HeldQueue(endpoint, connection, channel, queue);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, endpoint);
        }
    }

    /// <summary>The messages from the oldest on. Once for each opening: what is found is held.</summary>
    /// <param name="limit">Most messages to fetch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The messages, and how many more wait; none where the queue does not exist.</returns>
    /// <exception cref="IOException">The broker went away.</exception>
    public async Task<(IReadOnlyList<HeldMessage> Messages, long More)> FetchAsync(int limit, CancellationToken cancellationToken)
    {
        var messages = new List<HeldMessage>();
        try
        {
            var more = 0L;
            while (messages.Count < limit && await _channel.BasicGetAsync(_queue, autoAck: false, cancellationToken).ConfigureAwait(false) is { } got)
            {
                var properties = new RabbitMqProperties();
                properties.Show(got.BasicProperties);
                messages.Add(new HeldMessage(got.DeliveryTag, got.Body, properties));
                more = got.MessageCount;
            }

            return (messages, more);
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

    /// <summary>Publishes <paramref name="body"/> to <paramref name="target"/> and then, once the broker has confirmed it, takes the held message away.</summary>
    /// <exception cref="IOException">The broker did not take it; the held message stays where it is.</exception>
    public async Task MoveAsync(HeldMessage message, string target, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var properties = new BasicProperties { Persistent = true };
            await _channel.BasicPublishAsync("", target, mandatory: true, properties, body, cancellationToken).ConfigureAwait(false);
            await _channel.BasicAckAsync(message.Tag, multiple: false, cancellationToken).ConfigureAwait(false);
        }
        catch (PublishException refused)
        {
            var why = refused.IsReturn ? "there is no such queue; start the node that consumes it" : "the broker would not take it; is the queue full?";
            throw new IOException($"Nothing was sent to '{target}': {why}. The message stays in '{_queue}'.", refused);
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

    private static Exception Readable(Exception fault, RabbitMqEndpoint endpoint) =>
        RabbitMqRefusal.AsRefused(fault, endpoint) as Exception
        ?? new IOException($"RabbitMQ at {endpoint}: {RabbitMqRefusal.Reason(fault)}. Start it, or name the right one with --amqp.", fault);
}

/// <summary>A message in its queue, held until the <see cref="HeldQueue"/> that found it closes.</summary>
/// <param name="Tag">The broker's number for it.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Properties">Its properties and headers.</param>
public sealed record HeldMessage(ulong Tag, ReadOnlyMemory<byte> Body, IMessageProperties Properties);
