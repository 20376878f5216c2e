using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Runs one subscription on one channel, and acks what it delivered. Delivery tags are only valid on their channel, so a delivery is acked
/// through the subscription that delivered it. Once the channel is lost, acks do nothing, and the broker delivers the message again.
/// </summary>
internal sealed class RabbitMqConsumer : IAsyncBasicConsumer, ISettlement, IAsyncDisposable
{
    // Wait this long for more acks before sending them, unless a fraction of the prefetch is reached. So there are few commands, and
    // deliveries do not pause meanwhile.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);

    private readonly RabbitMqSession _session;
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly ushort _prefetch;
    private readonly IDeliveries _deliveries;
    private readonly ILogger _logger;
    private readonly RedeliveryWatch _watch;
    private readonly RabbitMqProperties _properties = new();

    // Held while a delivery is passed on, so that whoever stops the consumer knows that none is under way. Never taken while holding the
    // other lock.
    private readonly Lock _handing = new();
    private readonly Lock _gate = new();
    private readonly Settlements _settlements = new();
    private readonly RabbitMqSignal _due = new();
    private readonly ITimer _linger;
    private readonly int _enough;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _settling;
    private CancellationTokenRegistration _lost;
    private string? _tag;
    private volatile bool _stopped;
    private bool _closing;
    private ulong? _large;

    public RabbitMqConsumer(
        RabbitMqSession session,
        IChannel channel,
        NamedQueueSourceSettings settings,
        IDeliveries deliveries,
        TimeProvider time,
        ILogger logger,
        RedeliveryWatch watch)
    {
        _watch = watch;
        (_session, _channel, _deliveries, _logger) = (session, channel, deliveries, logger);
        (_queue, _prefetch) = (settings.Queue.Name, session.IsOneAtATime ? (ushort)1 : settings.Prefetch);
        _enough = Math.Clamp(_prefetch / 4, 1, 200);
        _linger = time.CreateTimer(static due => ((RabbitMqSignal)due!).Set(), _due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _settling = Task.Run(SettleAsync);
    }

    IChannel IAsyncBasicConsumer.Channel => _channel;

    /// <summary>Completes with the reason when the channel is lost and no more deliveries will arrive.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>The largest number of unsettled deliveries.</summary>
    public ushort Prefetch => _prefetch;

    /// <summary>True if the whole connection is lost, not only this channel.</summary>
    public bool IsSessionLost => _session.IsLost;

    public int Unsettled
    {
        get
        {
            lock (_gate)
            {
                return _settlements.Open;
            }
        }
    }

    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        _channel.ChannelShutdownAsync += (_, shutdown) => EndAsync(RabbitMqRefusal.Reason(shutdown));
        _lost = _session.Lost.UnsafeRegister(static consumer => ((RabbitMqConsumer)consumer!).Lose(), this);
        _tag = await _session.UntilLostAsync(ConsumeAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Stops the deliveries; when this completes, no more will arrive.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Silence();
        try
        {
            if (_tag is not null && _channel.IsOpen)
            {
                await _channel.BasicCancelAsync(_tag, noWait: false, cancellationToken)
                .WaitAsync(RabbitMqChannels.CloseLimit, cancellationToken)
                .ConfigureAwait(false);
                await Task.WhenAny(_silent.Task, _ended.Task)
                .WaitAsync(RabbitMqChannels.CloseLimit, cancellationToken)
                .ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotClosedCleanly(_logger, $"consumer of '{_queue}'", RabbitMqRefusal.Reason(fault));
        }
    }

    /// <summary>Sends the remaining acks and nacks and closes the channel. The broker delivers everything else again.</summary>
    public async ValueTask DisposeAsync()
    {
        Silence();
        lock (_gate)
        {
            _closing = true;
        }

        _due.Set();
        await _settling.WaitAsync(RabbitMqChannels.CloseLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _linger.DisposeAsync().ConfigureAwait(false);
        _lost.Unregister();
        await RabbitMqChannels.CloseAsync(_session, _channel, _logger).ConfigureAwait(false);
        await EndAsync("closed").ConfigureAwait(false);
    }

    void ISettlement.Ack(ulong tag) => Settle(tag, ack: true);

    void ISettlement.Nack(ulong tag) => Settle(tag, ack: false);

    Task IAsyncBasicConsumer.HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        lock (_handing)
        {
            // Deliveries after the stop are ignored: the broker takes them back when the channel closes. Deliveries of a lost channel that
            // the client still holds arrive again over the next one.
            if (!_stopped && TryAdd(deliveryTag))
            {
                if (redelivered)
                {
                    _watch.See(deliveryTag, properties);
                }

                if (body.Length > LargeMessages.Limit)
                {
                    Log.LargeMessage(_logger, _queue, body.Length);
                    _large = deliveryTag;
                }

                HandOut(deliveryTag, redelivered, new IncomingMessage(body.Span, exchange, routingKey, Show(properties)));
            }
        }

        return Task.CompletedTask;
    }

    Task IAsyncBasicConsumer.HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken) => Task.CompletedTask;

    Task IAsyncBasicConsumer.HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken)
    {
        _silent.TrySetResult();
        return Task.CompletedTask;
    }

    Task IAsyncBasicConsumer.HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken) =>
        EndAsync("the queue was deleted");

    Task IAsyncBasicConsumer.HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) =>
        EndAsync(RabbitMqRefusal.Reason(reason));

    private RabbitMqProperties Show(IReadOnlyBasicProperties properties)
    {
        _properties.Show(properties);
        return _properties;
    }

    private void HandOut(ulong tag, bool redelivered, in IncomingMessage message)
    {
        try
        {
            _deliveries.Take(message, tag, redelivered, this);
        }
        catch (Exception fault)
        {
            // The receiver must not throw, so this is a bug. Do not nack, because the message would be delivered again and fail again for
            // ever.
            Log.ReceiverFailed(_logger, _queue, tag, fault);
        }
    }

    private void Silence()
    {
        _stopped = true;
        lock (_handing)
        {
            // A receiver that is running may have started before the stop, so wait for it.
        }
    }

    private async Task<string> ConsumeAsync(CancellationToken cancellationToken)
    {
        await _channel.BasicQosAsync(prefetchSize: 0, _prefetch, global: false, cancellationToken).ConfigureAwait(false);
        return await _channel.BasicConsumeAsync(_queue, autoAck: false, this, cancellationToken).ConfigureAwait(false);
    }

    private bool TryAdd(ulong tag)
    {
        lock (_gate)
        {
            if (!_closing)
            {
                _settlements.Add(tag);
            }

            return !_closing;
        }
    }

    private void Lose() => _ = EndAsync(_session.Reason);

    private Task EndAsync(string reason)
    {
        lock (_gate)
        {
            _closing = true;
            _settlements.Clear();
        }

        _due.Set();
        _ended.TrySetResult(reason);
        return Task.CompletedTask;
    }

    private void Settle(ulong tag, bool ack)
    {
        int pending;
        lock (_gate)
        {
            if (!_settlements.Settle(tag, ack))
            {
                return;
            }

            pending = _settlements.Pending;
        }

        if (ack)
        {
            _watch.Acked(tag);
        }

        if (pending == _enough)
        {
            _due.Set();
        }
        else if (pending == 1)
        {
            _linger.Change(Linger, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task SettleAsync()
    {
        var commands = new List<SettleCommand>();
        for (var last = false; !last;)
        {
            await _due.WaitAsync().ConfigureAwait(false);
            lock (_gate)
            {
                _settlements.Drain(commands);
                last = _closing;
            }

            try
            {
                foreach (var command in commands)
                {
                    if (command.Ack)
                    {
                        await _channel.BasicAckAsync(command.Tag, command.Multiple, _session.Lost).ConfigureAwait(false);

                        // With one message at a time, this is the ack of the large one.
                        if (_large == command.Tag)
                        {
                            _session.SettledLargeMessage();
                        }
                    }
                    else
                    {
                        await _channel.BasicNackAsync(command.Tag, command.Multiple, requeue: true, _session.Lost).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception fault)
            {
                // The broker delivers the messages again, and the receiver recognises the duplicates. End the subscription here, also if
                // the client has not noticed the loss: without acks it would stop at a full prefetch.
                Log.NotClosedCleanly(_logger, $"consumer of '{_queue}'", RabbitMqRefusal.Reason(fault));
                await EndAsync(RabbitMqRefusal.Reason(fault)).ConfigureAwait(false);
                return;
            }

            commands.Clear();
        }
    }
}
