using Akka.Streams;
using Diabetes.Amqp.Client;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp;

/// <summary>
/// Connects to RabbitMQ. It opens two TCP connections when they are first used, one to publish and one to consume: a broker that is short
/// of memory stops reading from publishers, and acks must still get through. Queues are declared if they do not exist.
/// </summary>
public sealed class RabbitMqConnection : AmqpConnection
{
    private readonly Lock _gate = new();
    private readonly RabbitMqConnectionSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RabbitMqLink _publishing;
    private readonly RabbitMqLink _consuming;
    private readonly HashSet<IAsyncDisposable> _children = [];
    private bool _closed;

    /// <exception cref="ArgumentException">A setting is invalid. Nothing has been sent yet.</exception>
    public RabbitMqConnection(RabbitMqConnectionSettings settings, TimeProvider time, ILogger logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.Reconnect.MinBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Reconnect.MaxBackoff, settings.Reconnect.MinBackoff);
        (_settings, _time, _logger) = (settings, time, logger);
        _publishing = new RabbitMqLink(settings, "publishing", time, logger);
        _consuming = new RabbitMqLink(settings, "consuming", time, logger);
        if (_consuming.Endpoint.Ignored is { Length: > 0 } ignored)
        {
            Log.ParametersIgnored(logger, ignored);
        }
    }

    /// <summary>The worse state of the connections in use.</summary>
    public override AmqpConnectionState State
    {
        get
        {
            lock (_gate)
            {
                return _closed ? AmqpConnectionState.Closed
                    : (_publishing.State, _consuming.State) switch
                    {
                        (null, null) or (AmqpConnectionState.Waiting, _) or (_, AmqpConnectionState.Waiting) => AmqpConnectionState.Waiting,
                        (AmqpConnectionState.Blocked, _) or (_, AmqpConnectionState.Blocked) => AmqpConnectionState.Blocked,
                        _ => AmqpConnectionState.Connected,
                    };
            }
        }
    }

    /// <summary>The number of consumers and publishers that are not disposed of. A stage that restarts creates a new one.</summary>
    internal int Children
    {
        get
        {
            lock (_gate)
            {
                return _children.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override RestartSettings Reconnect => _settings.Reconnect;

    /// <inheritdoc/>
    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries) =>
        Keep(() => new RabbitMqSubscription(_consuming, settings, deliveries, _time, _logger, Leave));

    /// <inheritdoc/>
    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms) =>
        Keep(() => new RabbitMqPublisher(_publishing, settings, confirms, _time, _logger, Leave));

    /// <inheritdoc/>
    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken) =>
        new RabbitMqInspection(_publishing, _settings.Reconnect, _time, _logger).LookAsync(queue, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<bool> TryDeclareAsync(QueueDeclaration queue, CancellationToken cancellationToken) =>
        new RabbitMqInspection(_publishing, _settings.Reconnect, _time, _logger).TryDeclareAsync(queue, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        IAsyncDisposable[] children;
        lock (_gate)
        {
            _closed = true;
            children = [.. _children];
        }

        await Task.WhenAll(children.Select(child => child.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(_publishing.DisposeAsync().AsTask(), _consuming.DisposeAsync().AsTask()).ConfigureAwait(false);
    }

    // Make the child under the lock: a publisher runs from its creation on, and nobody would end one that is made after the close.
    private T Keep<T>(Func<T> make)
        where T : IAsyncDisposable
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var child = make();
            _children.Add(child);
            return child;
        }
    }

    private void Leave(IAsyncDisposable child)
    {
        lock (_gate)
        {
            _children.Remove(child);
        }
    }
}
