using System.Runtime.InteropServices;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Publishes over one channel at a time. Callers put messages into the outbox; one loop sends them and, when the channel is lost, sends the
/// unconfirmed ones over the next channel.
/// </summary>
internal sealed class RabbitMqPublisher : AmqpPublisher
{
    // Encoded routing keys are cached up to this number, because messages that are passed on for others may have many.
    private const int MostCachedKeys = 1000;

    private readonly RabbitMqLink _link;
    private readonly AmqpSinkSettings _settings;
    private readonly IConfirms _confirms;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;
    private readonly CachedString _exchange;
    private readonly Dictionary<string, CachedString> _keys = new(StringComparer.Ordinal);
    private readonly Outbox _outbox;
    private readonly RabbitMqSignal _due = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Action<AmqpPublisher>? _left;
    private readonly Task _running;
    private readonly Lock _gate = new();

    // Held while confirms are reported, because the last confirms of a lost channel and the first of the next one arrive on different
    // threads. Taken before the other lock, never while holding it.
    private readonly Lock _telling = new();
    private readonly List<long> _told = [];
    private RabbitMqPublishChannel? _channel;
    private bool _wasFull;
    private Task? _leaving;

    public RabbitMqPublisher(
        RabbitMqLink link,
        AmqpSinkSettings settings,
        IConfirms confirms,
        TimeProvider time,
        ILogger logger,
        Action<AmqpPublisher>? left = null)
    {
        (_link, _settings, _confirms, _time, _logger, _left) = (link, settings, confirms, time, logger, left);
        _name = settings.Exchange.Length == 0 ? settings.RoutingKey : $"{settings.Exchange}/{settings.RoutingKey}";
        _exchange = new CachedString(settings.Exchange);
        _outbox = new Outbox(settings.Window);
        _running = Task.Run(RunAsync);
    }

    public override int Outstanding
    {
        get
        {
            lock (_gate)
            {
                return _outbox.Count;
            }
        }
    }

    public override bool TryAccept(OutgoingMessage message, long number)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        var properties = message.SetProperties is { } set ? RabbitMqProperties.ToSend(set) : null;
        lock (_gate)
        {
            _wasFull = !_outbox.TryAdd(number, Key(message.RoutingKey), properties, message.WrittenBody);
            return !_wasFull;
        }
    }

    public override void Send() => _due.Set();

    /// <summary>Closes the publisher. Stage and connection may both call it; it completes once the channel is closed.</summary>
    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new(_leaving ??= LeaveAsync());
        }
    }

    private async Task LeaveAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _channel?.End("closed");
        }

        await _running.ConfigureAwait(false);
        if (Outstanding is var left and > 0)
        {
            Log.GivenUp(_logger, _name, left);
        }

        _left?.Invoke(this);
    }

    private CachedString Key(string routingKey)
    {
        if (!_keys.TryGetValue(routingKey, out var key))
        {
            if (_keys.Count == MostCachedKeys)
            {
                _keys.Clear();
            }

            _keys[routingKey] = key = new CachedString(routingKey);
        }

        return key;
    }

    private async Task RunAsync()
    {
        var backoff = new RabbitMqBackoff(_settings.Reconnect, _time);
        var (opened, refused) = (false, false);
        string? said = null;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var (session, channel) = await RabbitMqChannels.OpenToPublishAsync(_link, _settings, _logger, _closing.Token)
                    .ConfigureAwait(false);
                opened = true;
                var publishing = new RabbitMqPublishChannel(session, channel, _exchange, Confirm, _logger);
                await using (publishing.ConfigureAwait(false))
                {
                    try
                    {
                        Begin(publishing);
                        await SendAsync(publishing, oneFirst: refused).ConfigureAwait(false);
                    }
                    finally
                    {
                        refused = publishing.IsRefused;
                        if (publishing.IsWell)
                        {
                            backoff.Reset();
                            said = null;
                        }
                    }
                }

                if (!_closing.IsCancellationRequested)
                {
                    var reason = await publishing.Ended.ConfigureAwait(false);
                    var level = Log.Once(LogLevel.Warning, reason, ref said);
                    Log.PublishingInterrupted(_logger, level, _name, reason);
                }
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (!opened && RabbitMqRefusal.AsRefused(fault, _link.Endpoint) is { } refusal)
                {
                    _confirms.Refused(refusal);
                    return;
                }

                var reason = RabbitMqRefusal.Reason(fault);
                var level = Log.Once(LogLevel.Warning, reason, ref said);
                Log.ChannelFailed(_logger, level, _name, reason);
            }

            await backoff.PauseAsync(_closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Begin(RabbitMqPublishChannel channel)
    {
        int again;
        _ = channel.Ended.ContinueWith(_ => _due.Set(), TaskScheduler.Default);
        lock (_gate)
        {
            _channel = channel;
            again = _outbox.Restart();
            if (_closing.IsCancellationRequested)
            {
                channel.End("closed");
            }
        }

        if (again > 0)
        {
            Log.SendingAgain(_logger, _name, again);
        }
    }

    /// <param name="channel">The present channel.</param>
    /// <param name="oneFirst">True after a returned message: send one message and wait for its confirm. The broker does not say which
    /// confirms belong to the messages behind a returned one, so those would arrive once more with each attempt.</param>
    private async Task SendAsync(RabbitMqPublishChannel channel, bool oneFirst)
    {
        while (!channel.Ended.IsCompleted)
        {
            while (TryNext(channel, out var message))
            {
                await channel.SendAsync(message).ConfigureAwait(false);
                if (oneFirst)
                {
                    await channel.Answered.ConfigureAwait(false);
                    oneFirst = false;
                }
            }

            await _due.WaitAsync().ConfigureAwait(false);
        }
    }

    private bool TryNext(RabbitMqPublishChannel channel, out OutboxMessage message)
    {
        lock (_gate)
        {
            message = default;
            return !channel.Ended.IsCompleted && _outbox.TryNext(out message);
        }
    }

    private void Confirm(RabbitMqPublishChannel channel, ulong sequence, bool multiple)
    {
        lock (_telling)
        {
            bool room;
            lock (_gate)
            {
                if (channel != _channel || channel.Ended.IsCompleted)
                {
                    return;
                }

                _told.Clear();
                _outbox.Confirm(sequence, multiple, _told);
                room = _wasFull && !_outbox.IsFull;
                _wasFull &= !room;
            }

            _confirms.Confirmed(CollectionsMarshal.AsSpan(_told));
            if (room)
            {
                _confirms.Room();
            }
        }
    }
}
