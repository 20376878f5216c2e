using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Publishes over one channel in confirm mode. The client's own tracking of confirms is off, because it needs three times the memory and
/// has no limit that works. If a message is returned (its queue was deleted, or no queue is bound) or nacked, the channel ends: later
/// confirms on it are ignored and everything unconfirmed is sent again over the next channel.
/// </summary>
internal sealed class RabbitMqPublishChannel : IAsyncDisposable
{
    private readonly RabbitMqSession _session;
    private readonly IChannel _channel;
    private readonly CachedString _exchange;
    private readonly Action<RabbitMqPublishChannel, ulong, bool> _confirm;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _writing = new();
    private readonly CancellationTokenRegistration _lost;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Messages are always persistent: a transient queue ignores it, and a client cannot ask whether an existing queue is durable. The
    // client adds an empty table of headers to every message on a channel with confirms; sharing one saves creating it for each message.
    private readonly BasicProperties _properties = new() { Persistent = true, Headers = new Dictionary<string, object?>() };

    public RabbitMqPublishChannel(
        RabbitMqSession session,
        IChannel channel,
        CachedString exchange,
        Action<RabbitMqPublishChannel, ulong, bool> confirm,
        ILogger logger)
    {
        (_session, _channel, _exchange, _confirm, _logger) = (session, channel, exchange, confirm, logger);
        channel.BasicAcksAsync += AckedAsync;
        channel.BasicNacksAsync += NackedAsync;
        channel.BasicReturnAsync += ReturnedAsync;
        channel.ChannelShutdownAsync += ShutdownAsync;
        _lost = session.Lost.UnsafeRegister(static channel => ((RabbitMqPublishChannel)channel!).Lose(), this);
    }

    /// <summary>Completes with the reason when the channel has ended.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Completes when the broker has confirmed the first message, or with <see cref="Ended"/>.</summary>
    public Task Answered => _answered.Task;

    /// <summary>
    /// True if the broker accepted every message so far. After a returned message it is false, and the publisher waits before it tries
    /// again.
    /// </summary>
    public bool IsWell { get; private set; }

    /// <summary>True if the channel ended because a message was returned or nacked.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Sends one message; does nothing if the channel has ended. The body is copied before the first await.</summary>
    public async ValueTask SendAsync(OutboxMessage message)
    {
        try
        {
            // A blocked or dead broker reads nothing, so the write could wait for ever. Cancel it before the channel is closed, because the
            // client reports the end of this channel, and of all channels behind it, only after the write.
            await _channel.BasicPublishAsync(
                _exchange, message.RoutingKey, mandatory: true, message.Properties ?? _properties, message.Body, _writing.Token)
                .ConfigureAwait(false);
        }
        catch (Exception) when (Ended.IsCompleted)
        {
            // Ended has the reason, and the publisher logs it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lost.Unregister();
        await RabbitMqChannels.CloseAsync(_session, _channel, _logger).ConfigureAwait(false);
    }

    public void End(string reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _answered.TrySetResult();
            _ = _writing.CancelAsync();
        }
    }

    private Task AckedAsync(object sender, BasicAckEventArgs ack)
    {
        IsWell = !Ended.IsCompleted;
        _confirm(this, ack.DeliveryTag, ack.Multiple);
        _answered.TrySetResult();
        return Task.CompletedTask;
    }

    private Task NackedAsync(object sender, BasicNackEventArgs nack) =>
        RefuseAsync("the broker nacked a message; check whether the queue is full");

    private Task ReturnedAsync(object sender, BasicReturnEventArgs returned) => RefuseAsync(
        returned.Exchange.Length == 0
            ? $"the broker returned a message: {returned.ReplyText}"
            : $"the broker returned a message: no queue is bound to exchange '{returned.Exchange}' for routing key "
                + $"'{returned.RoutingKey}'; bind one, and the message is sent again");

    private Task ShutdownAsync(object sender, ShutdownEventArgs shutdown) => EndAsync(RabbitMqRefusal.Reason(shutdown));

    private void Lose() => End(_session.Reason);

    private Task RefuseAsync(string reason)
    {
        (IsWell, IsRefused) = (false, true);
        return EndAsync(reason);
    }

    private Task EndAsync(string reason)
    {
        End(reason);
        return Task.CompletedTask;
    }
}
