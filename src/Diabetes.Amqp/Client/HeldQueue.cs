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
    private IChannel? _publishing;

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
        var factory = RabbitMqLink.Factory(endpoint, settings);
        try
        {
            var connection = await factory.CreateConnectionAsync(settings.ConnectionName, cancellationToken).ConfigureAwait(false);
            try
            {
                var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
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

    /// <summary>Reads the next message, the oldest first. It is held from then on.</summary>
    /// <returns>The message; null if there is none left, or no such queue.</returns>
    /// <exception cref="IOException">The connection to the broker was lost.</exception>
    public async Task<HeldMessage?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _channel.BasicGetAsync(_queue, autoAck: false, cancellationToken).ConfigureAwait(false) is not { } got)
            {
                return null;
            }

            var properties = new RabbitMqProperties();
            properties.Show(got.BasicProperties);
            return new HeldMessage(got.DeliveryTag, got.Body, properties, got.MessageCount);
        }
        catch (Exception fault) when (RabbitMqRefusal.Code(fault) == RabbitMqChannels.NotFound)
        {
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Readable(fault, _endpoint);
        }
    }

    /// <summary>
    /// Publishes <paramref name="body"/> to <paramref name="target"/> and, once the broker has confirmed it, deletes the held message.
    /// </summary>
    /// <exception cref="AmqpNotSentException">The broker did not accept it. The held message stays in its queue.</exception>
    /// <exception cref="IOException">The connection to the broker was lost.</exception>
    public async Task MoveAsync(HeldMessage message, string target, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(target, body, cancellationToken).ConfigureAwait(false);
            await _channel.BasicAckAsync(message.Tag, multiple: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or AmqpNotSentException))
        {
            throw Readable(fault, _endpoint);
        }
    }

    // The broker closes the channel of a message that is too large for it. Another channel than that of the held messages keeps them held.
    private async Task PublishAsync(string target, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (_publishing is not { IsOpen: true })
        {
            if (_publishing is { } closed)
            {
                await closed.DisposeAsync().ConfigureAwait(false);
            }

            _publishing = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken)
                .ConfigureAwait(false);
        }

        try
        {
            var properties = new BasicProperties { Persistent = true };
            await _publishing.BasicPublishAsync("", target, mandatory: true, properties, body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException && _connection.IsOpen && RabbitMqRefusal.AsRefused(fault, _endpoint) is null)
        {
            var why = fault switch
            {
                PublishException { IsReturn: true } => "there is no such queue. Start the node that consumes it",
                PublishException => "the broker did not accept the message. Check whether the queue is full",
                _ => RabbitMqRefusal.Words(fault),
            };
            throw new AmqpNotSentException($"Nothing was sent to '{target}': {why}. The message stays in '{_queue}'.", fault);
        }
    }

    /// <summary>Closes the connection. Held messages return to their queue.</summary>
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
/// <param name="Behind">The number of messages behind it in the queue.</param>
public sealed record HeldMessage(ulong Tag, ReadOnlyMemory<byte> Body, IMessageProperties Properties, long Behind);
