using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Streams;

/// <summary>
/// A channel in confirm mode with what is known of its fate. The client's own tracking of confirms is off: it costs three times the memory and has no
/// limit that works. A message that comes back (its queue is gone) or is refused ends the channel: from then on its confirms count for nothing and
/// everything unconfirmed goes over the next channel.
/// </summary>
internal sealed class RabbitMqPublishChannel
{
    private static readonly CachedString DefaultExchange = new("");

    private readonly IChannel _channel;
    private readonly CachedString _key;
    private readonly Action<RabbitMqPublishChannel, ulong, bool> _confirm;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Persistent always: a transient queue ignores it, and whether a queue that was there before is durable cannot be asked. The client puts an
    // (empty) table of headers on all that goes over a channel with confirms; an own one spares it a new one for each message.
    private readonly BasicProperties _properties = new() { Persistent = true, Headers = new Dictionary<string, object?>() };

    public RabbitMqPublishChannel(
        IChannel channel, CachedString key, Action<RabbitMqPublishChannel, ulong, bool> confirm, ILogger logger)
    {
        (_channel, _key, _confirm, _logger) = (channel, key, confirm, logger);
        channel.BasicAcksAsync += AckedAsync;
        channel.BasicNacksAsync += NackedAsync;
        channel.BasicReturnAsync += ReturnedAsync;
        channel.ChannelShutdownAsync += ShutdownAsync;
    }

    /// <summary>Completes, with the reason, when nothing more can be learned from this channel.</summary>
    public Task<string> Ended => _ended.Task;

    public bool HasConfirmed { get; private set; }

    /// <summary>The connection is gone, and the channel with it: nobody is there to be told goodbye.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Sends one message, or sees the channel end. The body is copied before the first wait.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> body)
    {
        var sending = _channel.BasicPublishAsync(DefaultExchange, _key, mandatory: true, _properties, body);
        if (sending.IsCompletedSuccessfully)
        {
            return;
        }

        // A blocked broker reads nothing and the write waits for ever; so the write is left to itself once the channel has ended.
        var sent = sending.AsTask();
        if (await Task.WhenAny(sent, _ended.Task).ConfigureAwait(false) == sent)
        {
            await sent.ConfigureAwait(false);
        }
    }

    /// <summary>Closes the channel; within <paramref name="limit"/>, or behind the caller's back.</summary>
    public Task CloseAsync(TimeSpan limit) => RabbitMqChannels.CloseAsync(_channel, limit, _logger);

    public void End(string reason) => _ended.TrySetResult(reason);

    /// <summary>Ends the channel with its connection. The client's own word of it may never come: it waits for a write, which waits for the connection.</summary>
    public void Lose(string reason)
    {
        IsLost = true;
        End(reason);
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

    private Task EndAsync(string reason)
    {
        _ended.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
