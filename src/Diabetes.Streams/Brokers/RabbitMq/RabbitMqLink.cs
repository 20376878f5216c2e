using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Streams;

/// <summary>
/// One connection, found again whenever it is lost. The client's automatic recovery is off: it would revive consumers and tags behind our
/// back, and what has to be sent or settled again is ours to know.
/// </summary>
internal sealed class RabbitMqLink : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly RabbitMqEndpoint _endpoint;
    private readonly ConnectionFactory _factory;
    private readonly RabbitMqReconnect _pauses;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;
    private Task<IConnection>? _connection;
    private bool _everConnected;
    private BrokerState? _state;
    private TcpClientAdapter? _socket;

    public RabbitMqLink(RabbitMqOptions options, string use, TimeProvider time, ILogger logger)
    {
        _endpoint = RabbitMqEndpoint.Parse(options.Uri);
        _factory = Factory(_endpoint, options.Tls);
        _pauses = options.Reconnect;
        _time = time;
        _logger = logger;
        Preflight = new RabbitMqPreflight(logger);
        _name = $"{options.ConnectionName} ({use})";
        _factory.SocketFactory = family => _socket = new TcpClientAdapter(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
    }

    /// <summary>
    /// Told the reason when the connection is lost. The client tells its channels one after the other, and one that a write has stuck in keeps all behind it
    /// waiting; who must know in any case asks here.
    /// </summary>
    public event Action<string>? Lost;

    /// <summary>Null while nobody has asked for the connection.</summary>
    public BrokerState? State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    public RabbitMqEndpoint Endpoint => _endpoint;

    /// <summary>Looks at the queues that are used over this connection.</summary>
    public RabbitMqPreflight Preflight { get; }

    /// <summary>The open connection; waits for the broker as long as it takes.</summary>
    /// <exception cref="BrokerRefusedException">The broker refused the first connection of all.</exception>
    public Task<IConnection> ConnectionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (_connection is null or { IsFaulted: true } or { IsCompletedSuccessfully: true, Result.IsOpen: false })
            {
                var lost = _connection;
                _connection = Task.Run(() => OpenAsync(lost));
                _state = BrokerState.Waiting;
            }

            return _connection.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<IConnection>? connection;
        lock (_gate)
        {
            connection = _connection;
            if (_state == BrokerState.Blocked)
            {
                // It reads nothing we send, so it would not hear the goodbye.
                _socket?.Close();
            }
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await ForgetAsync(connection).WaitAsync(CloseLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public static ConnectionFactory Factory(RabbitMqEndpoint endpoint, RabbitMqTls tls)
    {
        var factory = new ConnectionFactory
        {
            HostName = endpoint.Host,
            Port = endpoint.Port,
            UserName = endpoint.User,
            Password = endpoint.Password,
            VirtualHost = endpoint.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            ConsumerDispatchConcurrency = 1,
            RequestedHeartbeat = TimeSpan.FromSeconds(20),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
        };
        if (endpoint.Tls)
        {
            factory.Ssl = new SslOption(tls.ServerName.Length > 0 ? tls.ServerName : endpoint.Host, enabled: true);
            if (tls.CaFile.Length > 0)
            {
                factory.Ssl.CertificateValidationCallback = new RabbitMqTrust(tls.CaFile).Validate;
            }
        }

        return factory;
    }

    private async Task<IConnection> OpenAsync(Task<IConnection>? lost)
    {
        // Not waited for: a write that is stuck in the lost connection keeps it half a minute.
        _ = ForgetAsync(lost);
        var backoff = new RabbitMqBackoff(_pauses, _time);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var connection = await _factory.CreateConnectionAsync(_name, _closing.Token).ConfigureAwait(false);
                Enter(BrokerState.Connected);
                _everConnected = true;
                Log.Connected(_logger, _name, _endpoint, attempt);
                connection.ConnectionBlockedAsync += BlockedAsync;
                connection.ConnectionUnblockedAsync += UnblockedAsync;
                connection.ConnectionShutdownAsync += ShutdownAsync;
                return connection;
            }
            catch (Exception fault) when (!_closing.IsCancellationRequested)
            {
                if (!_everConnected && RabbitMqRefusal.AsRefused(fault, _endpoint) is { } refused)
                {
                    throw refused;
                }

                if (attempt == 1)
                {
                    Log.Waiting(_logger, _name, _endpoint, RabbitMqRefusal.Reason(fault), _pauses.Longest);
                }
                else
                {
                    Log.StillWaiting(_logger, _name, _endpoint, attempt, RabbitMqRefusal.Reason(fault));
                }
            }

            await backoff.PauseAsync(_closing.Token).ConfigureAwait(false);
        }
    }

    private void Enter(BrokerState state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }

    private async Task ForgetAsync(Task<IConnection>? former)
    {
        try
        {
            if (former is not null)
            {
                await using var connection = await former.ConfigureAwait(false);
                await connection.CloseAsync(Constants.ReplySuccess, "Goodbye", CloseLimit, abort: true).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            Log.NotClosedCleanly(_logger, _name, RabbitMqRefusal.Reason(fault));
        }
    }

    private Task BlockedAsync(object sender, ConnectionBlockedEventArgs blocked)
    {
        Enter(BrokerState.Blocked);
        Log.Blocked(_logger, _name, _endpoint, blocked.Reason);
        return Task.CompletedTask;
    }

    private Task UnblockedAsync(object sender, AsyncEventArgs unblocked)
    {
        Enter(BrokerState.Connected);
        Log.Unblocked(_logger, _name, _endpoint);
        return Task.CompletedTask;
    }

    private Task ShutdownAsync(object sender, ShutdownEventArgs shutdown)
    {
        if (!_closing.IsCancellationRequested)
        {
            Enter(BrokerState.Waiting);
            Log.Lost(_logger, _name, _endpoint, shutdown.ReplyText);
            Lost?.Invoke(shutdown.ReplyText);
        }

        return Task.CompletedTask;
    }
}
