using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Lets an operator look at and move the messages of one queue in RabbitMQ. The messages that were read are hidden from other consumers
/// until this object is closed; then those that were not moved return to their places. It does not wait for the broker: if the broker is
/// down, it throws.
/// </summary>
public sealed class HeldQueue : IAsyncDisposable
{
    private readonly RabbitMqEndpoint _endpoint;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;

    private HeldQueue(RabbitMqEndpoint endpoint, IConnection connection, IChannel channel, string queue) =>
        (_endpoint, _connection, _channel, _queue) = (endpoint, connection, channel, queue);

    /// <param name="settings">Says how to connect to the broker.</param>
    /// <param name="queue">The queue to read.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    /// <exception cref="AmqpRefusedException">The broker refuses this process.</exception>
    public static async Task<HeldQueue> OpenAsync(RabbitMqConnectionSettings settings, string queue, CancellationToken cancellationToken)
    {
        var endpoint = RabbitMqEndpoint.Parse(settings.Uri);
        try
        {
            var connection = await RabbitMqLink.Factory(endpoint, settings)
                .CreateConnectionAsync(settings.ConnectionName, cancellationToken).ConfigureAwait(false);
            try
            {
                var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken)
                    .ConfigureAwait(false);
                return new HeldQueue(endpoint, connection, channel, queue);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, endpoint);
        }
    }

    /// <summary>
    /// Reads the messages, the oldest first. Call it once for each object, because the messages that it returns are held.
    /// </summary>
    /// <param name="limit">The largest number of messages to read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The messages, and the number of messages behind them. Both are empty if the queue does not exist.</returns>
    /// <exception cref="IOException">The connection to the broker was lost.</exception>
    public async Task<(IReadOnlyList<HeldMessage> Messages, long More)> FetchAsync(int limit, CancellationToken cancellationToken)
    {
        var messages = new List<HeldMessage>();
        try
        {
            var more = 0L;
            while (messages.Count < limit
                && await _channel.BasicGetAsync(_queue, autoAck: false, cancellationToken).ConfigureAwait(false) is { } got)
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

    /// <summary>
    /// Publishes <paramref name="body"/> to <paramref name="target"/> and, once the broker has confirmed it, deletes the held message.
    /// </summary>
    /// <exception cref="IOException">The broker did not accept it. The held message stays in its queue.</exception>
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
            var why = refused.IsReturn
                ? "there is no such queue. Start the node that consumes it"
                : "the broker did not accept the message. Check whether the queue is full";
            throw new IOException($"Nothing was sent to '{target}': {why}. The message stays in '{_queue}'.", refused);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, _endpoint);
        }
    }

    /// <summary>Closes the channel. Held messages return to their queue.</summary>
    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static Exception Readable(Exception fault, RabbitMqEndpoint endpoint) =>
        RabbitMqRefusal.AsRefused(fault, endpoint) as Exception
        ?? new IOException(
            $"RabbitMQ at {endpoint}: {RabbitMqRefusal.Reason(fault)}. Start it, or name another broker with --amqp.", fault);
}

/// <summary>Holds a message that stays in its queue, hidden from others until the <see cref="HeldQueue"/> closes.</summary>
/// <param name="Tag">The delivery tag.</param>
/// <param name="Body">The body.</param>
/// <param name="Properties">The properties and headers.</param>
public sealed record HeldMessage(ulong Tag, ReadOnlyMemory<byte> Body, IMessageProperties Properties);
