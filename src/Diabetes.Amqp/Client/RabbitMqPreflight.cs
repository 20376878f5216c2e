using System.Collections.Concurrent;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Compares each queue of a connection once with the configuration, and logs all differences with advice. An existing queue is used as it
/// is, unless it is a stream that is to be consumed.
/// </summary>
internal sealed class RabbitMqPreflight(ILogger logger)
{
    private const int MostDifferences = 10;
    private readonly ConcurrentDictionary<string, Task<bool>> _seen = new(StringComparer.Ordinal);

    /// <summary>Compares a queue that exists.</summary>
    /// <param name="session">The session to ask through.</param>
    /// <param name="queue">The queue as it is configured.</param>
    /// <param name="consumers">The number of consumers before this one; 0 if this process only publishes to the queue.</param>
    /// <returns>Completes with true if the queue is a stream. Never fails.</returns>
    public Task<bool> LookAsync(RabbitMqSession session, QueueDeclaration queue, uint consumers)
    {
        var first = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var look = _seen.GetOrAdd(queue.Name, first.Task);
        if (look == first.Task)
        {
            if (consumers > 0)
            {
                Log.OthersConsume(logger, queue.Name, consumers);
            }

            _ = CompareAsync(session, queue, first);
        }

        return look;
    }

    /// <summary>Logs once that the broker does not let this user look at the queue.</summary>
    public void Forbid(string queue)
    {
        if (_seen.TryAdd(queue, Task.FromResult(false)))
        {
            Log.NotPermittedToDeclare(logger, queue);
        }
    }

    private async Task CompareAsync(RabbitMqSession session, QueueDeclaration queue, TaskCompletionSource<bool> done)
    {
        var shape = new QueueShape(queue);
        var differences = new List<QueueDifference>();
        var complete = true;
        while (complete && await RefusalAsync(session, queue, shape).ConfigureAwait(false) is { } fault)
        {
            if (RabbitMqRefusal.Code(fault) != Constants.PreconditionFailed)
            {
                if (RabbitMqRefusal.Code(fault) == RabbitMqRefusal.AccessRefused)
                {
                    Log.NotPermittedToDeclare(logger, queue.Name);
                }
                else
                {
                    // The connection was lost. The consumer or the publisher reports that.
                    Log.NotCompared(logger, queue.Name, RabbitMqRefusal.Words(fault));
                    _seen.TryRemove(queue.Name, out _);
                }

                complete = false;
                break;
            }

            differences.Add(QueueDifference.Of(queue, RabbitMqRefusal.Words(fault)));
            complete = differences.Count < MostDifferences && shape.TryTake(differences[^1]);
        }

        var isStream = differences.Any(difference => difference.IsStream);
        if (isStream)
        {
            // The refusal to consume says so. Look again after somebody has replaced the stream by a queue.
            _seen.TryRemove(queue.Name, out _);
        }
        else if (differences.Count > 0)
        {
            Say(queue.Name, [.. differences.OrderBy(difference => difference.Rank)], complete);
        }

        done.TrySetResult(isStream);
    }

    private void Say(string queue, QueueDifference[] differences, bool complete)
    {
        var level = differences[0].IsWeaker ? LogLevel.Warning : LogLevel.Information;
        var text = string.Join("; ", differences.Select(difference => difference.Text));
        var advice = string.Join(". ", differences.Select(difference => difference.Advice).Distinct())
            + (complete ? "" : ". There may be more differences: the broker names one at a time");
        Log.QueueDiffers(logger, level, queue, text, advice);
    }

    /// <summary>Declares the queue; also, as it was, if it was deleted meanwhile.</summary>
    /// <returns>The refusal; null if there is none.</returns>
    private async Task<Exception?> RefusalAsync(RabbitMqSession session, QueueDeclaration queue, QueueShape shape)
    {
        try
        {
            var channel = await session.UntilLostAsync(session.Client.CreateChannelAsync()).ConfigureAwait(false);
            try
            {
                await session.UntilLostAsync(shape.DeclareAsync(channel, queue.Name, CancellationToken.None)).ConfigureAwait(false);
                return null;
            }
            finally
            {
                await RabbitMqChannels.CloseAsync(session, channel, logger).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            return fault;
        }
    }
}
