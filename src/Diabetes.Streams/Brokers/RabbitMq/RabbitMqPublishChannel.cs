using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Streams;

/// <summary>
/// A channel in confirm mode with what is known of its fate. The client's own tracking of confirms is off: it costs three times the memory and has no
/// limit that works. A message that comes back (its queue is gone) or is refused ends the channel: from then on its confirms count for nothing and
/// everything unconfirmed goes over the next channel.
/// </summary>
internal sealed class RabbitMqPublishChannel : IAsyncDisposable
{
    private static readonly CachedString DefaultExchange = new("");

    private readonly RabbitMqConnection _connection;
    private readonly IChannel _channel;
    private readonly CachedString _key;
    private readonly Action<RabbitMqPublishChannel, ulong, bool> _confirm;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _writing = new();
    private readonly CancellationTokenRegistration _lost;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Persistent always: a transient queue ignores it, and whether a queue that was there before is durable cannot be asked. The client puts an
    // (empty) table of headers on all that goes over a channel with confirms; an own one spares it a new one for each message.
    private readonly BasicProperties _properties = new() { Persistent = true, Headers = new Dictionary<string, object?>() };

    public RabbitMqPublishChannel(
        RabbitMqConnection connection, IChannel channel, CachedString key, Action<RabbitMqPublishChannel, ulong, bool> confirm, ILogger logger)
    {
        (_connection, _channel, _key, _confirm, _logger) = (connection, channel, key, confirm, logger);
        channel.BasicAcksAsync += AckedAsync;
        channel.BasicNacksAsync += NackedAsync;
        channel.BasicReturnAsync += ReturnedAsync;
        channel.ChannelShutdownAsync += ShutdownAsync;
        _lost = connection.Lost.UnsafeRegister(static channel => ((RabbitMqPublishChannel)channel!).Lose(), this);
    }

    /// <summary>Completes, with the reason, when nothing more can be learned from this channel.</summary>
    public Task<string> Ended => _ended.Task;

    public bool HasConfirmed { get; private set; }

    /// <summary>Sends one message, or sees the channel end. The body is copied before the first wait.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> body)
    {
        try
        {
            // A broker that is blocked or gone reads nothing, and the write would wait for ever. It must be over before the channel is closed: it holds what
            // the client's word of the end waits for, on this channel and on all behind it.
            await _channel.BasicPublishAsync(DefaultExchange, _key, mandatory: true, _properties, body, _writing.Token).ConfigureAwait(false);
        }
        catch (Exception) when (Ended.IsCompleted)
        {
            // Why is known, and said by whoever asks for it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lost.Unregister();
        await RabbitMqChannels.CloseAsync(_connection, _channel, _logger).ConfigureAwait(false);
    }

    public void End(string reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _ = _writing.CancelAsync();
        }
    }

    private Task AckedAsync(object sender, BasicAckEventArgs ack)
    {
        HasConfirmed = true;
        _confirm(this, ack.DeliveryTag, ack.Multiple);
        return Task.CompletedTask;
    }

    private Task NackedAsync(object sender, BasicNackEventArgs nack) => EndAsync("the broker would not take a message (is the queue full?)");

    private Task ReturnedAsync(object sender, BasicReturnEventArgs returned) => EndAsync($"a message came back: {returned.ReplyText}");

    private Task ShutdownAsync(object sender, ShutdownEventArgs shutdown) => EndAsync(shutdown.ReplyText);

    private void Lose() => End(_connection.Reason);

    private Task EndAsync(string reason)
    {
        End(reason);
        return Task.CompletedTask;
    }
}
