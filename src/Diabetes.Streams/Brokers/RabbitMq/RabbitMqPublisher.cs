using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Diabetes.Streams;

/// <summary>
/// Publishes to one queue. Callers put messages into the outbox; one loop sends them over the channel of the moment and, when that is lost,
/// sends what is unconfirmed over the next one.
/// </summary>
internal sealed class RabbitMqPublisher : IAsyncDisposable
{
    private readonly RabbitMqLink _link;
    private readonly RabbitMqReconnect _pauses;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CachedString _key;
    private readonly Outbox _outbox;
    private readonly RabbitMqSignal _due = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;

    // Held while confirmations are told, so that a flush completes after them; taken before the gate, never within it.
    private readonly Lock _telling = new();
    private readonly List<IConfirmation> _told = [];

    private readonly Lock _gate = new();
    private readonly List<(long Before, TaskCompletionSource Done)> _flushes = [];
    private RabbitMqPublishChannel? _channel;
    private TaskCompletionSource? _room;
    private Exception? _ended;
    private long _toldBefore;

    public RabbitMqPublisher(RabbitMqLink link, QueueSpec queue, RabbitMqOptions options, TimeProvider time, ILogger logger)
    {
        (_link, Queue, _pauses, _time, _logger) = (link, queue, options.Reconnect, time, logger);
        _key = new CachedString(queue.Name);
        _outbox = new Outbox(options.PublishWindow);
        _running = Task.Run(RunAsync);
    }

    public QueueSpec Queue { get; }

    public int Outstanding
    {
        get
        {
            lock (_gate)
            {
                return _outbox.Count;
            }
        }
    }

    /// <summary>Copies the message, if there is room in the window.</summary>
    public bool TryAccept(ReadOnlySpan<byte> body, IConfirmation? confirmation)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            if (!_outbox.TryAdd(body, confirmation))
            {
                return false;
            }
        }

        _due.Set();
        return true;
    }

    /// <summary>Completes when there may be room.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            ThrowIfEnded();
            if (!_outbox.IsFull)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Completes when everything accepted so far is confirmed and its confirmations told.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            ThrowIfEnded();
            if (_toldBefore >= _outbox.Accepted)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add((_outbox.Accepted, done));
            return done.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        End(new ObjectDisposedException(nameof(ISink<>), $"The sink of '{Queue.Name}' is closed."));
        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        lock (_telling)
        {
            lock (_gate)
            {
                _outbox.Clear(_told);
            }

            if (_told.Count > 0)
            {
                Log.GivenUp(_logger, Queue.Name, _told.Count);
            }

            Tell(static confirmation => confirmation.Abandoned(NackReason.Draining));
        }
    }

    private async Task RunAsync()
    {
        var backoff = new RabbitMqBackoff(_pauses, _time);
        var opened = false;
        string? said = null;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var (connection, channel) = await RabbitMqChannels.OpenAsync(_link, Queue, consuming: false, _logger, _closing.Token).ConfigureAwait(false);
                opened = true;
                var publishing = new RabbitMqPublishChannel(connection, channel, _key, Confirm, _logger);
                await using (publishing.ConfigureAwait(false))
                {
                    Begin(publishing);
                    await SendAsync(publishing).ConfigureAwait(false);
                }

                if (publishing.HasConfirmed)
                {
                    backoff.Reset();
                    said = null;
                }

                if (!_closing.IsCancellationRequested)
                {
                    var reason = await publishing.Ended.ConfigureAwait(false);
                    var level = Log.Once(LogLevel.Information, reason, ref said);
                    Log.PublishingInterrupted(_logger, level, Queue.Name, reason);
                }
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (!opened && RabbitMqRefusal.AsRefused(fault, _link.Endpoint) is { } refused)
                {
                    End(refused);
                    return;
                }

                var reason = RabbitMqRefusal.Reason(fault);
                var level = Log.Once(LogLevel.Warning, reason, ref said);
                Log.ChannelFailed(_logger, level, Queue.Name, reason);
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
            if (_ended is not null)
            {
                channel.End("closed");
            }
        }

        if (again > 0)
        {
            Log.SendingAgain(_logger, Queue.Name, again);
        }
    }

    private async Task SendAsync(RabbitMqPublishChannel channel)
    {
        while (!channel.Ended.IsCompleted)
        {
            while (TryNext(channel, out var message))
            {
                await channel.SendAsync(message.Body).ConfigureAwait(false);
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
            long before;
            TaskCompletionSource? room;
            lock (_gate)
            {
                if (channel != _channel || channel.Ended.IsCompleted)
                {
                    return;
                }

                _outbox.Confirm(sequence, multiple, _told);
                before = _outbox.ConfirmedBefore;
                (room, _room) = (_room, null);
            }

            room?.TrySetResult();
            Tell(static confirmation => confirmation.Confirmed());
            lock (_gate)
            {
                _toldBefore = before;
                _flushes.RemoveAll(flush => flush.Before <= before && flush.Done.TrySetResult());
            }
        }
    }

    private void Tell(Action<IConfirmation> verdict)
    {
        foreach (var confirmation in _told)
        {
            try
            {
                verdict(confirmation);
            }
            catch (Exception fault)
            {
                Log.ConfirmationFailed(_logger, Queue.Name, fault);
            }
        }

        _told.Clear();
    }

    private void End(Exception reason)
    {
        lock (_gate)
        {
            _ended ??= reason;
            _channel?.End("closed");
            _room?.TrySetException(_ended);
            _flushes.ForEach(flush => flush.Done.TrySetException(_ended));
            _flushes.Clear();
        }
    }

    private void ThrowIfEnded()
    {
        if (_ended is { } ended)
        {
            throw ended is BrokerRefusedException ? new BrokerRefusedException(ended.Message, ended) : new ObjectDisposedException(nameof(ISink<>), ended.Message);
        }
    }
}
