using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Streams;

/// <summary>Opens channels on queues. A queue that is there is used as it is; one that is not is declared, without arguments.</summary>
internal static class RabbitMqChannels
{
    /// <summary>How long the broker may take to say goodbye.</summary>
    public static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>The broker's code for a queue that is not there.</summary>
    public const ushort NotFound = 404;

    private const ushort PreconditionFailed = 406;

    /// <summary>A channel on which <paramref name="queue"/> has been seen. Waits for the broker.</summary>
    public static async Task<IChannel> OpenAsync(
        RabbitMqLink link, QueueSpec queue, CreateChannelOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        for (var declare = false; ;)
        {
            var connection = await link.ConnectionAsync(cancellationToken).ConfigureAwait(false);
            var channel = await connection.CreateChannelAsync(options, cancellationToken).ConfigureAwait(false);
            channel.CallbackExceptionAsync += (_, failed) =>
            {
                Log.HandlerFailed(logger, queue.Name, failed.Exception);
                return Task.CompletedTask;
            };
            try
            {
                if (declare)
                {
                    await channel.QueueDeclareAsync(queue.Name, queue.Durable, exclusive: false, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
                    Log.QueueDeclared(logger, queue.Name, queue.Durable ? "durable" : "transient");
                }
                else
                {
                    var found = await channel.QueueDeclarePassiveAsync(queue.Name, cancellationToken).ConfigureAwait(false);
                    Log.QueueFound(logger, queue.Name, found.MessageCount, found.ConsumerCount);
                }

                return channel;
            }
            catch (Exception fault)
            {
                await CloseAsync(channel, CloseLimit, logger).ConfigureAwait(false);

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

    /// <summary>Closes a channel that may be broken already, or that nobody listens to any more.</summary>
    public static async Task CloseAsync(IChannel channel, TimeSpan limit, ILogger logger)
    {
        try
        {
            await channel.DisposeAsync().AsTask().WaitAsync(limit).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Log.NotClosedCleanly(logger, $"channel {channel.ChannelNumber}", RabbitMqRefusal.Reason(fault));
        }
    }
}
