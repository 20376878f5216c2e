using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Streams;

/// <summary>Opens channels on queues. A queue that is there is used as it is; one that is not is declared, without arguments unless it is to be a quorum queue.</summary>
internal static class RabbitMqChannels
{
    /// <summary>How long the broker may take to say goodbye.</summary>
    public static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>The broker's code for a queue that is not there.</summary>
    public const ushort NotFound = 404;

    private const ushort PreconditionFailed = 406;

    private static readonly Dictionary<string, object?> QuorumArguments = new() { ["x-queue-type"] = "quorum" };

    /// <summary>A channel on which <paramref name="queue"/> has been seen, to consume from or to publish to with confirms. Waits for the broker.</summary>
    public static async Task<(RabbitMqConnection Connection, IChannel Channel)> OpenAsync(
        RabbitMqLink link, QueueSpec queue, bool consuming, ILogger logger, CancellationToken cancellationToken)
    {
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: !consuming, publisherConfirmationTrackingEnabled: false);
        for (var declare = false; ;)
        {
            var connection = await link.ConnectionAsync(cancellationToken).ConfigureAwait(false);
            var channel = await connection.UntilLostAsync(connection.Client.CreateChannelAsync(options, cancellationToken)).ConfigureAwait(false);
            channel.CallbackExceptionAsync += (_, failed) =>
            {
                Log.HandlerFailed(logger, queue.Name, failed.Exception);
                return Task.CompletedTask;
            };
            try
            {
                if (declare)
                {
                    await connection.UntilLostAsync(DeclareAsync(channel, queue, cancellationToken)).ConfigureAwait(false);
                    Log.QueueDeclared(logger, queue.Name, queue.Kind == QueueKind.Quorum ? "quorum" : queue.Durable ? "durable" : "transient");
                }
                else
                {
                    var found = await connection.UntilLostAsync(channel.QueueDeclarePassiveAsync(queue.Name, cancellationToken)).ConfigureAwait(false);
                    Log.QueueFound(logger, queue.Name, found.MessageCount, found.ConsumerCount);
                    link.Preflight.Look(connection, queue, consuming ? found.ConsumerCount : 0);
                }

                return (connection, channel);
            }
            catch (Exception fault)
            {
                await CloseAsync(connection, channel, logger).ConfigureAwait(false);

                if (declare && !queue.Durable && RabbitMqRefusal.IsOfTransientQueues(RabbitMqRefusal.Code(fault), RabbitMqRefusal.Reason(fault)))
                {
                    Log.NoTransientQueues(logger, queue.Name);
                    queue = queue with { Durable = true };
                    continue;
                }

                // The broker closes a channel that asked for what is not there. Precondition failed: another has just declared it differently.
                var code = (fault as OperationInterruptedException)?.ShutdownReason?.ReplyCode;
                if (declare ? code != PreconditionFailed : code != NotFound)
                {
                    throw;
                }

                declare = !declare;
            }
        }
    }

    /// <summary>Declares the queue as asked for. One that is there otherwise closes the channel.</summary>
    public static Task<QueueDeclareOk> DeclareAsync(IChannel channel, QueueSpec queue, CancellationToken cancellationToken)
    {
        var quorum = queue.Kind == QueueKind.Quorum;
        return channel.QueueDeclareAsync(
            queue.Name, queue.Durable || quorum, exclusive: false, autoDelete: false, quorum ? QuorumArguments : null, cancellationToken: cancellationToken);
    }

    /// <summary>Closes a channel that may be broken already; behind the caller's back where nobody hears the goodbye.</summary>
    public static async Task CloseAsync(RabbitMqConnection connection, IChannel channel, ILogger logger)
    {
        var limit = connection.IsBlocked ? TimeSpan.Zero : CloseLimit;
        try
        {
            await channel.DisposeAsync().AsTask().WaitAsync(limit, connection.Lost).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Log.NotClosedCleanly(logger, $"channel {channel.ChannelNumber}", RabbitMqRefusal.Reason(fault));
        }
    }
}
