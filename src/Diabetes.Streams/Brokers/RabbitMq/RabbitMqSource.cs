using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>Consumes one queue, subscribing anew whenever the subscription is lost.</summary>
internal sealed class RabbitMqSource<T>(
    RabbitMqLink link, QueueSpec queue, Decoder<T> decode, RabbitMqReconnect pauses, TimeProvider time, ILogger logger) : ISource<T>
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RabbitMqConsumer<T>? _consumer;
    private Task? _running;

    public QueueSpec Queue => queue;

    public int Unsettled => Volatile.Read(ref _consumer)?.Unsettled ?? 0;

    public async Task StartAsync(Action<Delivery<T>> receive, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (_running is not null)
            {
                throw new InvalidOperationException($"The source of '{queue.Name}' was started before; take a new one from the broker.");
            }

            _running = Task.Run(() => RunAsync(receive), CancellationToken.None);
        }

        try
        {
            await _subscribed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_consumer is { } consumer)
        {
            await consumer.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _consumer, null) is { } consumer)
        {
            await consumer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a subscription until the source is stopped, and leaves the last one to be settled and disposed of.</summary>
    private async Task RunAsync(Action<Delivery<T>> receive)
    {
        var backoff = new RabbitMqBackoff(pauses, time);
        string? said = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var consumer = await SubscribeAsync(receive).ConfigureAwait(false);
                backoff.Reset();
                said = null;
                Log.SubscriptionLost(logger, queue.Name, await consumer.Ended.WaitAsync(_stopping.Token).ConfigureAwait(false));
                await consumer.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                _subscribed.TrySetCanceled(CancellationToken.None);
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
                Log.ChannelFailed(logger, level, queue.Name, reason);
            }

            await backoff.PauseAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RabbitMqConsumer<T>> SubscribeAsync(Action<Delivery<T>> receive)
    {
        var (connection, channel) = await RabbitMqChannels.OpenAsync(link, queue, consuming: true, logger, _stopping.Token).ConfigureAwait(false);
        var consumer = new RabbitMqConsumer<T>(connection, channel, queue, decode, receive, time, logger);
        try
        {
            Volatile.Write(ref _consumer, consumer);
            await consumer.SubscribeAsync(_stopping.Token).ConfigureAwait(false);
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
