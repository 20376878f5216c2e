using Microsoft.Extensions.Logging;

namespace Diabetes.Streams;

/// <summary>
/// A RabbitMQ. Two connections, opened when first used: one to publish and one to consume, since a broker short of memory stops reading
/// from those who publish and acks must get through. Nothing has to be there: the broker is waited for, queues are declared if missing, and
/// what was lost is found again.
/// </summary>
public sealed class RabbitMqBroker : IBroker
{
    private readonly Lock _gate = new();
    private readonly RabbitMqOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RabbitMqLink _publishing;
    private readonly RabbitMqLink _consuming;
    private readonly List<IAsyncDisposable> _children = [];
    private bool _closed;

    /// <exception cref="ArgumentException">An option cannot be right; nothing is sent anywhere yet.</exception>
    public RabbitMqBroker(RabbitMqOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.PublishWindow);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Reconnect.Initial, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Reconnect.Longest, options.Reconnect.Initial);
        (_options, _time, _logger) = (options, time, logger);
        _publishing = new RabbitMqLink(options, "publishing", time, logger);
        _consuming = new RabbitMqLink(options, "consuming", time, logger);
    }

    /// <summary>The worse of what its connections in use are.</summary>
    public BrokerState State
    {
        get
        {
            lock (_gate)
            {
                return _closed ? BrokerState.Closed
                    : (_publishing.State, _consuming.State) switch
                    {
                        (null, null) or (BrokerState.Waiting, _) or (_, BrokerState.Waiting) => BrokerState.Waiting,
                        (BrokerState.Blocked, _) or (_, BrokerState.Blocked) => BrokerState.Blocked,
                        _ => BrokerState.Connected,
                    };
            }
        }
    }

    public ISource<T> Source<T>(QueueSpec queue, Decoder<T> decode)
    {
        ArgumentOutOfRangeException.ThrowIfZero(queue.Prefetch);
        return Keep(new RabbitMqSource<T>(_consuming, queue, decode, _options.Reconnect, _time, _logger));
    }

    public ISink<T> Sink<T>(QueueSpec queue, Encoder<T> encode) =>
        new RabbitMqSink<T>(Keep(new RabbitMqPublisher(_publishing, queue, _options, _time, _logger)), encode);

    public ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken) =>
        new RabbitMqInspection(_publishing, _options.Reconnect, _time, _logger).LookAsync(queue, cancellationToken);

    /// <summary>Closes what is still open: sources settle what they were told to, sinks give up what is unconfirmed.</summary>
    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable[] children;
        lock (_gate)
        {
            _closed = true;
            children = [.. _children];
            _children.Clear();
        }

        await Task.WhenAll(children.Select(child => child.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(_publishing.DisposeAsync().AsTask(), _consuming.DisposeAsync().AsTask()).ConfigureAwait(false);
    }

    private T Keep<T>(T child)
        where T : IAsyncDisposable
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _children.Add(child);
        }

        return child;
    }
}
