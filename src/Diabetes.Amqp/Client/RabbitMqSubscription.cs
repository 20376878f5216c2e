using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp.Client;

/// <summary>Consumes one queue, and subscribes again whenever the subscription is lost.</summary>
internal sealed class RabbitMqSubscription(
    RabbitMqLink link,
    NamedQueueSourceSettings settings,
    IDeliveries deliveries,
    TimeProvider time,
    ILogger logger,
    Action<AmqpConsumer>? left = null)
    : AmqpConsumer
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly RedeliveryWatch _watch = new(settings.Queue.Name, logger);
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RabbitMqConsumer? _consumer;
    private Task? _running;
    private Task? _leaving;

    public override int Unsettled => Volatile.Read(ref _consumer)?.Unsettled ?? 0;

    public override Task StartAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            _running ??= Task.Run(RunAsync, CancellationToken.None);
        }

        return _subscribed.Task;
    }

    public override async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Running().ConfigureAwait(false);
        _subscribed.TrySetCanceled(CancellationToken.None);
        if (Volatile.Read(ref _consumer) is { } consumer)
        {
            await consumer.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the subscription. Stage and connection may both call it; it completes once the channel is closed.</summary>
    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new(_leaving ??= LeaveAsync());
        }
    }

    private Task Running()
    {
        lock (_gate)
        {
            return _running ?? Task.CompletedTask;
        }
    }

    private async Task LeaveAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _consumer, null) is { } consumer)
        {
            await consumer.DisposeAsync().ConfigureAwait(false);
        }

        left?.Invoke(this);
    }

    /// <summary>
    /// Keeps a subscription until the source is stopped. The last one stays open, so that its deliveries can still be acked.
    /// </summary>
    private async Task RunAsync()
    {
        var backoff = new RabbitMqBackoff(settings.Reconnect, time);
        var queue = settings.Queue.Name;
        string? said = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var consumer = await SubscribeAsync().ConfigureAwait(false);
                backoff.Reset();
                said = null;
                var why = await consumer.Ended.WaitAsync(_stopping.Token).ConfigureAwait(false);

                // A lost connection has a line of its own. A channel that is lost alone (a deleted queue, a late ack) has not.
                Log.SubscriptionLost(logger, consumer.IsSessionLost ? LogLevel.Information : LogLevel.Warning, queue, why);
                await consumer.DisposeAsync().ConfigureAwait(false);
                _watch.Forget();
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (!_subscribed.Task.IsCompleted && RabbitMqRefusal.AsRefused(fault, link.Endpoint) is { } refused)
                {
                    _subscribed.TrySetException(refused);
                    return;
                }

                var reason = RabbitMqRefusal.Reason(fault);
                var level = Log.Once(LogLevel.Warning, reason, ref said);
                Log.ChannelFailed(logger, level, queue, reason);
            }

            await backoff.PauseAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RabbitMqConsumer> SubscribeAsync()
    {
        var (session, channel) = await RabbitMqChannels.OpenToConsumeAsync(link, settings.Queue, logger, _stopping.Token)
            .ConfigureAwait(false);
        var consumer = new RabbitMqConsumer(session, channel, settings, deliveries, time, logger, _watch);
        try
        {
            Volatile.Write(ref _consumer, consumer);
            await consumer.SubscribeAsync(_stopping.Token).ConfigureAwait(false);
            Log.Consuming(logger, settings.Queue.Name, consumer.Prefetch);
            _subscribed.TrySetResult();
            return consumer;
        }
        catch
        {
            await consumer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
