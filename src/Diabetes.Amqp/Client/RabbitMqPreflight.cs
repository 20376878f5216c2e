using System.Collections.Concurrent;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Compares, once for each queue of a session, what is there with what was asked for, and says what to do. It runs beside the work and holds nothing up:
/// a queue that is there is used as it is.
/// </summary>
internal sealed class RabbitMqPreflight(ILogger logger)
{
    private const ushort PreconditionFailed = 406;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <param name="session">Where to ask.</param>
    /// <param name="queue">What was asked for.</param>
    /// <param name="consumers">Those who consume it before us; 0 where we only publish to it.</param>
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
                // Also a declaration: of a queue that has gone meanwhile, and then as it should be.
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
                // Not permitted to declare, or the connection is lost: whoever uses the queue will say so.
                Log.NotCompared(logger, queue.Name, reason);
            }
        }
    }
}
