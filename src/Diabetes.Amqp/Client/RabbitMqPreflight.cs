using System.Collections.Concurrent;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Compares each queue of a session once with the configuration, and logs any difference with advice. It runs in the background and delays
/// nothing, because an existing queue is used as it is.
/// </summary>
internal sealed class RabbitMqPreflight(ILogger logger)
{
    private const ushort PreconditionFailed = 406;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <param name="session">The session to ask through.</param>
    /// <param name="queue">The queue as it is configured.</param>
    /// <param name="consumers">The number of consumers before this one; 0 if this process only publishes to the queue.</param>
    public void Look(RabbitMqSession session, QueueDeclaration queue, uint consumers)
    {
        if (!_seen.TryAdd(queue.Name, true))
        {
            return;
        }

        if (consumers > 0)
        {
            Log.OthersConsume(logger, queue.Name, consumers);
        }

        _ = CompareAsync(session, queue);
    }

    private async Task CompareAsync(RabbitMqSession session, QueueDeclaration queue)
    {
        try
        {
            var channel = await session.UntilLostAsync(session.Client.CreateChannelAsync()).ConfigureAwait(false);
            try
            {
                // This also declares the queue, as configured, if it was deleted meanwhile.
                await session.UntilLostAsync(RabbitMqChannels.DeclareAsync(channel, queue, CancellationToken.None)).ConfigureAwait(false);
            }
            finally
            {
                await RabbitMqChannels.CloseAsync(session, channel, logger).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            var reason = RabbitMqRefusal.Words(fault);
            if (RabbitMqRefusal.Code(fault) == PreconditionFailed)
            {
                var difference = QueueDifference.Of(queue, reason);
                var level = difference.IsWeaker ? LogLevel.Warning : LogLevel.Information;
                Log.QueueDiffers(logger, level, queue.Name, difference.Text, difference.Advice);
            }
            else
            {
                // The broker's user has no permission to declare queues, or the connection was lost. The consumer or the publisher
                // reports that.
                Log.NotCompared(logger, queue.Name, reason);
            }
        }
    }
}
