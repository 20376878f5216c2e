using Akka.Streams;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Asks for the depth of queues. It opens a channel for each question, because the broker closes a channel that asked for a queue that does
/// not exist.
/// </summary>
internal sealed class RabbitMqInspection(RabbitMqLink link, RestartSettings pauses, TimeProvider time, ILogger logger)
{
    public async ValueTask<QueueDepth?> LookAsync(string queue, CancellationToken cancellationToken)
    {
        var backoff = new RabbitMqBackoff(pauses, time);
        for (string? said = null; ;)
        {
            RabbitMqSession? session = null;
            IChannel? channel = null;
            try
            {
                session = await link.SessionAsync(cancellationToken).ConfigureAwait(false);
                channel = await session.UntilLostAsync(session.Client.CreateChannelAsync(options: null, cancellationToken))
                    .ConfigureAwait(false);
                var found = await session.UntilLostAsync(channel.QueueDeclarePassiveAsync(queue, cancellationToken)).ConfigureAwait(false);
                return new QueueDepth(found.MessageCount, (int)found.ConsumerCount);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not ObjectDisposedException)
            {
                if (RabbitMqRefusal.Code(fault) == RabbitMqChannels.NotFound)
                {
                    return null;
                }

                if (RabbitMqRefusal.AsRefused(fault, link.Endpoint) is { } refused)
                {
                    throw refused;
                }

                var reason = RabbitMqRefusal.Reason(fault);
                var level = Log.Once(LogLevel.Warning, reason, ref said);
                Log.ChannelFailed(logger, level, queue, reason);
            }
            finally
            {
                if (session is not null && channel is not null)
                {
                    await RabbitMqChannels.CloseAsync(session, channel, logger).ConfigureAwait(false);
                }
            }

            await backoff.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
