using System.Net;
using System.Net.Sockets;
using Akka.Streams;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Keeps one connection and reconnects when it is lost. The client's automatic recovery is off, because it would restore consumers and tags
/// without our knowledge, while we must decide what to send or ack again.
/// </summary>
internal sealed class RabbitMqLink : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time limit from the first byte to an open connection. The client itself waits for the broker's first answer without a limit.
    /// </summary>
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(30);

    /// <summary>The time limit for looking the broker's name up; a name server that is away would otherwise cost 30 s a try.</summary>
    private static readonly TimeSpan ResolveLimit = TimeSpan.FromSeconds(5);

    /// <summary>The longest time in which messages are taken one at a time; if the large one did not come, somebody else took it.</summary>
    private static readonly TimeSpan SearchLimit = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly RabbitMqEndpoint _endpoint;
    private readonly ConnectionFactory _factory;
    private readonly Func<CancellationToken, Task<IConnection>> _open;
    private readonly Func<CancellationToken, Task> _resolve;
    private readonly RestartSettings _pauses;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;
    private Task<RabbitMqSession>? _session;
    private bool _everConnected;
    private volatile bool _isOneAtATime;
    private AmqpConnectionState? _state;
    private TcpClientAdapter? _socket;

    /// <param name="settings">Says how to connect to the broker.</param>
    /// <param name="use">The purpose of the connection, shown in the broker's list of connections.</param>
    /// <param name="time">The clock for pauses and time limits.</param>
    /// <param name="logger">The log for changes of the connection.</param>
    /// <param name="open">Opens a connection; null means the client's own way.</param>
    /// <param name="resolve">Looks the broker's name up; null means the system's own way.</param>
    public RabbitMqLink(
        RabbitMqConnectionSettings settings,
        string use,
        TimeProvider time,
        ILogger logger,
        Func<CancellationToken, Task<IConnection>>? open = null,
        Func<CancellationToken, Task>? resolve = null)
    {
        _endpoint = RabbitMqEndpoint.Parse(settings.Uri);
        _pauses = settings.Reconnect;
        _time = time;
        _logger = logger;
        Preflight = new RabbitMqPreflight(logger);
        _name = $"{settings.ConnectionName} ({use})";
        _factory = Factory(_endpoint, settings);
        _factory.SocketFactory = family =>
            _socket = new TcpClientAdapter(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        _resolve = resolve
            ?? (open is not null || IPAddress.TryParse(_endpoint.Host, out _)
                ? static _ => Task.CompletedTask
                : cancellationToken => Dns.GetHostAddressesAsync(_endpoint.Host, cancellationToken));
        _open = open ?? (cancellationToken => _factory.CreateConnectionAsync(_name, cancellationToken));
    }

    /// <summary>The state of the connection; null if it was never requested.</summary>
    public AmqpConnectionState? State
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

    /// <summary>Compares the queues of this connection with the configuration.</summary>
    public RabbitMqPreflight Preflight { get; }

    /// <summary>Returns the open connection. Waits for the broker without a limit.</summary>
    /// <exception cref="AmqpRefusedException">The broker refused the very first connection.</exception>
    public Task<RabbitMqSession> SessionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (_session is null or { IsFaulted: true } or { IsCompletedSuccessfully: true, Result.IsLost: true })
            {
                var lost = _session;
                _session = Task.Run(() => OpenAsync(lost));
                _state = AmqpConnectionState.Waiting;
            }

            return _session.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<RabbitMqSession>? connection;
        lock (_gate)
        {
            connection = _session;
            if (_state == AmqpConnectionState.Blocked)
            {
                // The broker is blocked and reads nothing, so it would not read the close request.
                _socket?.Close();
            }
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await ForgetAsync(connection).WaitAsync(CloseLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public static ConnectionFactory Factory(RabbitMqEndpoint endpoint, RabbitMqConnectionSettings settings)
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
            RequestedHeartbeat = endpoint.Heartbeat ?? settings.Heartbeat,
            RequestedConnectionTimeout = endpoint.ConnectTimeout ?? TimeSpan.FromSeconds(10),
        };
        if (endpoint.Tls)
        {
            factory.Ssl = new SslOption(settings.TlsServerName.Length > 0 ? settings.TlsServerName : endpoint.Host, enabled: true);
            if (settings.TlsCaFile.Length > 0)
            {
                factory.Ssl.CertificateValidationCallback = new RabbitMqTrust(settings.TlsCaFile).Validate;
            }
        }

        return factory;
    }

    private async Task<RabbitMqSession> OpenAsync(Task<RabbitMqSession>? lost)
    {
        // Do not wait, because closing a dead connection takes long.
        _ = ForgetAsync(lost);
        var backoff = new RabbitMqBackoff(_pauses, _time);
        for (var (attempt, hasName) = (1, true); ; attempt++)
        {
            try
            {
                var hadName = hasName;
                hasName = false;
                await ResolveAsync().ConfigureAwait(false);
                hasName = true;
                if (!hadName)
                {
                    // A stopped container has no name. It has one again when it starts, so the broker is up soon: try often again.
                    backoff.Reset();
                }

                var isOneAtATime = _isOneAtATime;
                _factory.MaxInboundMessageBodySize = isOneAtATime ? LargeMessages.RaisedLimit : LargeMessages.Limit;
                var connection = await OpenOnceAsync().ConfigureAwait(false);
                Enter(AmqpConnectionState.Connected);
                _everConnected = true;
                Log.Connected(_logger, _name, _endpoint, attempt);
                connection.ConnectionBlockedAsync += BlockedAsync;
                connection.ConnectionUnblockedAsync += UnblockedAsync;
                var session = new RabbitMqSession(connection, _socket, Losing, isOneAtATime);
                if (isOneAtATime)
                {
                    _ = EndSearchAsync(session);
                }

                return session;
            }
            catch (Exception fault) when (!_closing.IsCancellationRequested)
            {
                if (!_everConnected && RabbitMqRefusal.AsRefused(fault, _endpoint) is { } refused)
                {
                    throw refused;
                }

                if (attempt == 1)
                {
                    Log.Waiting(_logger, _name, _endpoint, RabbitMqRefusal.Reason(fault), _pauses.MaxBackoff.TotalSeconds);
                }
                else
                {
                    Log.StillWaiting(_logger, _name, _endpoint, attempt, RabbitMqRefusal.Reason(fault));
                }
            }

            await backoff.PauseAsync(_closing.Token).ConfigureAwait(false);
        }
    }

    private async Task ResolveAsync()
    {
        try
        {
            await _resolve(_closing.Token).WaitAsync(ResolveLimit, _time, _closing.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the name '{_endpoint.Host}' is not resolved within {ResolveLimit.TotalSeconds:0} s");
        }
    }

    private async Task<IConnection> OpenOnceAsync()
    {
        using var late = new CancellationTokenSource(OpenLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _closing.Token);
        try
        {
            return await _open(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            // Throw the real reason: the exception of the attempt only says that it was cancelled.
            throw new TimeoutException($"it accepts connections but does not answer within {OpenLimit.TotalSeconds:0} s");
        }
        finally
        {
            if (either.IsCancellationRequested)
            {
                // The client continues an attempt that was cancelled until its socket is closed.
                _socket?.Close();
            }
        }
    }

    /// <summary>Ends a connection with raised limits once the large message is settled.</summary>
    private async Task EndSearchAsync(RabbitMqSession session)
    {
        await session.LargeMessageSettled.WaitAsync(SearchLimit, _time, session.Lost)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isOneAtATime = false;
        if (!session.IsLost)
        {
            Log.SearchEnded(_logger, _name);
            await ForgetAsync(Task.FromResult(session)).ConfigureAwait(false);
        }
    }

    private void Enter(AmqpConnectionState state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }

    private async Task ForgetAsync(Task<RabbitMqSession>? former)
    {
        try
        {
            if (former is not null)
            {
                var connection = await former.ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            Log.NotClosedCleanly(_logger, _name, RabbitMqRefusal.Reason(fault));
        }
    }

    private Task BlockedAsync(object sender, ConnectionBlockedEventArgs blocked)
    {
        Enter(AmqpConnectionState.Blocked);
        Log.Blocked(_logger, _name, _endpoint, blocked.Reason);
        return Task.CompletedTask;
    }

    private Task UnblockedAsync(object sender, AsyncEventArgs unblocked)
    {
        Enter(AmqpConnectionState.Connected);
        Log.Unblocked(_logger, _name, _endpoint);
        return Task.CompletedTask;
    }

    private void Losing(string reason)
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        Enter(AmqpConnectionState.Waiting);
        if (LargeMessages.IsReason(reason))
        {
            _isOneAtATime = true;
            Log.SearchBegun(_logger, _name, LargeMessages.Limit, reason);
        }
        else if (reason != RabbitMqSession.Goodbye)
        {
            Log.Lost(_logger, _name, _endpoint, reason);
        }
    }
}
