using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Events;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// A channel in confirm mode with what is known of its fate. The client's own tracking of confirms is off: it costs three times the memory and has no
/// limit that works. A message that comes back (its queue is gone, or nobody is bound) or is refused ends the channel: from then on its confirms count for nothing
/// and everything unconfirmed goes over the next channel.
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

    // Persistent always: a transient queue ignores it, and whether a queue that was there before is durable cannot be asked. The client puts an
    // (empty) table of headers on all that goes over a channel with confirms; an own one spares it a new one for each message.
    private readonly BasicProperties _properties = new() { Persistent = true, Headers = new Dictionary<string, object?>() };

    public RabbitMqPublishChannel(
        RabbitMqSession session, IChannel channel, CachedString exchange, Action<RabbitMqPublishChannel, ulong, bool> confirm, ILogger logger)
    {
        (_session, _channel, _exchange, _confirm, _logger) = (session, channel, exchange, confirm, logger);
        channel.BasicAcksAsync += AckedAsync;
        channel.BasicNacksAsync += NackedAsync;
        channel.BasicReturnAsync += ReturnedAsync;
        channel.ChannelShutdownAsync += ShutdownAsync;
        _lost = session.Lost.UnsafeRegister(static channel => ((RabbitMqPublishChannel)channel!).Lose(), this);
    }

    /// <summary>Completes, with the reason, when nothing more can be learned from this channel.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Completes when the broker has taken the first message, or with <see cref="Ended"/>.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Whether the broker took all that it answered for. After a message that came back it is to be left alone for a while.</summary>
    public bool IsWell { get; private set; }

    /// <summary>Whether it ended over a message that came back or was not taken.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Sends one message, or sees the channel end. The body is copied before the first wait.</summary>
    public async ValueTask SendAsync(OutboxMessage message)
    {
        try
        {
            // A broker that is blocked or gone reads nothing, and the write would wait for ever. It must be over before the channel is closed: it holds what
            // the client's word of the end waits for, on this channel and on all behind it.
            await _channel.BasicPublishAsync(_exchange, message.RoutingKey, mandatory: true, message.Properties ?? _properties, message.Body, _writing.Token)
                .ConfigureAwait(false);
        }
        catch (Exception) when (Ended.IsCompleted)
        {
            // Why is known, and said by whoever asks for it.
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

    private Task NackedAsync(object sender, BasicNackEventArgs nack) => RefuseAsync("the broker would not take a message (is the queue full?)");

    private Task ReturnedAsync(object sender, BasicReturnEventArgs returned) => RefuseAsync(
        returned.Exchange.Length == 0
            ? $"a message came back: {returned.ReplyText}"
            : $"a message came back: no queue is bound to exchange '{returned.Exchange}' for routing key '{returned.RoutingKey}'; bind one, and it is sent again");

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
