using Akka.Streams;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Asks for the depth of queues, and declares queues. It opens a channel for each question, because the broker closes a channel whose
/// question it refuses.
/// </summary>
internal sealed class RabbitMqInspection(RabbitMqLink link, RestartSettings pauses, TimeProvider time, ILogger logger)
{
    /// <summary>Returns the depth; null if the queue does not exist.</summary>
    public ValueTask<QueueDepth?> LookAsync(string queue, CancellationToken cancellationToken) => AskAsync<QueueDepth?>(
        queue,
        async channel =>
        {
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
            return new QueueDepth(found.MessageCount, (int)found.ConsumerCount);
        },
        static code => (code == RabbitMqChannels.NotFound, null),
        cancellationToken);

    /// <summary>Declares the queue. Returns false if the user has no permission to do so.</summary>
    public ValueTask<bool> TryDeclareAsync(QueueDeclaration queue, CancellationToken cancellationToken) => AskAsync(
        queue.Name,
        async channel =>
        {
            await RabbitMqChannels.DeclareAsync(channel, queue, cancellationToken).ConfigureAwait(false);
            return true;
        },
        static code => (code is Constants.PreconditionFailed or RabbitMqRefusal.AccessRefused, code == Constants.PreconditionFailed),
        cancellationToken);

    /// <param name="queue">The queue, for the log.</param>
    /// <param name="ask">Asks the broker.</param>
    /// <param name="answer">Tells whether a reply code is an answer to the question, and which one.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    private async ValueTask<T> AskAsync<T>(
        string queue, Func<IChannel, Task<T>> ask, Func<ushort?, (bool Is, T Answer)> answer, CancellationToken cancellationToken)
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
                return await session.UntilLostAsync(ask(channel)).ConfigureAwait(false);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not ObjectDisposedException)
            {
                if (channel is not null && answer(RabbitMqRefusal.Code(fault)) is (true, var answered))
                {
                    return answered;
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
