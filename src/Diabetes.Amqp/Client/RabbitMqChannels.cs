using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Opens channels. An existing queue is used as it is. A missing one is declared, without arguments unless it is to be a quorum queue.
/// </summary>
internal static class RabbitMqChannels
{
    /// <summary>The time limit for closing a channel.</summary>
    public static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>The broker's reply code if a queue or exchange does not exist.</summary>
    public const ushort NotFound = 404;

    private const ushort PreconditionFailed = 406;

    /// <summary>Opens a channel to consume <paramref name="queue"/>. Waits for the broker.</summary>
    public static Task<(RabbitMqSession Session, IChannel Channel)> OpenToConsumeAsync(
        RabbitMqLink link, QueueDeclaration queue, ILogger logger, CancellationToken cancellationToken) =>
        OpenOnQueueAsync(link, queue, consuming: true, logger, cancellationToken);

    /// <summary>
    /// Opens a channel with confirms. The exchange exists by then, and so does the queue if one is to be declared. Waits for the broker.
    /// </summary>
    public static async Task<(RabbitMqSession Session, IChannel Channel)> OpenToPublishAsync(
        RabbitMqLink link, AmqpSinkSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        var (session, channel) = settings.Declaration is { } queue
            ? await OpenOnQueueAsync(link, queue, consuming: false, logger, cancellationToken).ConfigureAwait(false)
            : await OpenAsync(link, consuming: false, settings.RoutingKey, logger, cancellationToken).ConfigureAwait(false);
        if (settings.Exchange.Length > 0)
        {
            try
            {
                await session.UntilLostAsync(LookAsync(channel, settings.Exchange, cancellationToken)).ConfigureAwait(false);
            }
            catch
            {
                await CloseAsync(session, channel, logger).ConfigureAwait(false);
                throw;
            }
        }

        return (session, channel);
    }

    /// <summary>Declares the queue as configured. If a different one exists, the broker closes the channel.</summary>
    public static Task<QueueDeclareOk> DeclareAsync(IChannel channel, QueueDeclaration queue, CancellationToken cancellationToken) =>
        new QueueShape(queue).DeclareAsync(channel, queue.Name, cancellationToken);

    /// <summary>Closes a channel that may be broken already. Does not wait if the broker would not read the request.</summary>
    public static async Task CloseAsync(RabbitMqSession session, IChannel channel, ILogger logger)
    {
        var limit = session.IsBlocked ? TimeSpan.Zero : CloseLimit;
        try
        {
            await channel.DisposeAsync().AsTask().WaitAsync(limit, session.Lost).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Log.NotClosedCleanly(logger, $"channel {channel.ChannelNumber}", RabbitMqRefusal.Reason(fault));
        }
    }

    private static async Task<bool> LookAsync(IChannel channel, string exchange, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<(RabbitMqSession Session, IChannel Channel)> OpenAsync(
        RabbitMqLink link, bool consuming, string what, ILogger logger, CancellationToken cancellationToken)
    {
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: !consuming, publisherConfirmationTrackingEnabled: false);
        var session = await link.SessionAsync(cancellationToken).ConfigureAwait(false);
        var channel = await session.UntilLostAsync(session.Client.CreateChannelAsync(options, cancellationToken)).ConfigureAwait(false);
        channel.CallbackExceptionAsync += (_, failed) =>
        {
            Log.HandlerFailed(logger, what, failed.Exception);
            return Task.CompletedTask;
        };
        return (session, channel);
    }

    private static async Task<(RabbitMqSession Session, IChannel Channel)> OpenOnQueueAsync(
        RabbitMqLink link, QueueDeclaration queue, bool consuming, ILogger logger, CancellationToken cancellationToken)
    {
        var unlike = 0;
        for (var (declare, mayLook) = (false, true); ;)
        {
            var (session, channel) = await OpenAsync(link, consuming, queue.Name, logger, cancellationToken).ConfigureAwait(false);
            try
            {
                if (declare)
                {
                    await session.UntilLostAsync(DeclareAsync(channel, queue, cancellationToken)).ConfigureAwait(false);
                    var kind = queue.Kind == QueueKind.Quorum ? "quorum" : queue.Durable ? "durable" : "transient";
                    Log.QueueDeclared(logger, queue.Name, kind);
                }
                else if (mayLook)
                {
                    var found = await session.UntilLostAsync(channel.QueueDeclarePassiveAsync(queue.Name, cancellationToken))
                        .ConfigureAwait(false);
                    Log.QueueFound(logger, queue.Name, found.MessageCount, found.ConsumerCount);
                    var look = link.Preflight.LookAsync(session, queue, consuming ? found.ConsumerCount : 0);
                    if (consuming && await look.ConfigureAwait(false))
                    {
                        throw new AmqpRefusedException(
                            $"Queue '{queue.Name}' is a stream. A node that consumes it never gets what arrives while the node is down. "
                            + "Name another queue in queues.*.name, or replace the stream by a classic or a quorum queue.");
                    }
                }

                return (session, channel);
            }
            catch (Exception fault)
            {
                await CloseAsync(session, channel, logger).ConfigureAwait(false);
                if (declare && !queue.Durable
                    && RabbitMqRefusal.IsOfTransientQueues(RabbitMqRefusal.Code(fault), RabbitMqRefusal.Reason(fault)))
                {
                    Log.NoTransientQueues(logger, queue.Name);
                    queue = queue with { Durable = true };
                    continue;
                }

                // RabbitMQ from 4.3 on may ask for the permission to configure even to look at a queue. Then use the queue unseen: if it
                // does not exist, the broker refuses the consumer or returns the messages.
                var code = (fault as OperationInterruptedException)?.ShutdownReason?.ReplyCode;
                if (!declare && mayLook && code == RabbitMqRefusal.AccessRefused)
                {
                    link.Preflight.Forbid(queue.Name);
                    mayLook = false;
                    continue;
                }

                // The broker closes a channel that asked for something that does not exist. "Precondition failed" means that another client
                // has just declared the queue differently; if it happens twice, the cause is something else, such as a limit of the virtual
                // host, so wait and try again.
                if (declare ? code != PreconditionFailed || ++unlike == 2 : code != NotFound)
                {
                    throw;
                }

                declare = !declare;
            }
        }
    }
}
