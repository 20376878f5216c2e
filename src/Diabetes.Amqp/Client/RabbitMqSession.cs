using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Represents one connection until it is lost. The client tells its channels of the loss one after the other, and a channel that is stuck
/// in a write delays all behind it for ever. So whoever waits for something on the connection also waits for <see cref="Lost"/>. That is a
/// token and not an event, so that those who come after the loss see it too.
/// </summary>
internal sealed class RabbitMqSession : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>The text with which this process closes a connection.</summary>
    public const string Goodbye = "Goodbye";

    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource _largeMessageSettled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _losing;
    private readonly ITcpClient? _socket;
    private volatile bool _isBlocked;
    private ShutdownEventArgs? _shutdown;

    /// <param name="client">The client's connection, open until now.</param>
    /// <param name="socket">The socket of the connection; null if it is not known.</param>
    /// <param name="losing">Called once with the reason, before all others are told of the loss.</param>
    /// <param name="isOneAtATime">True if a message is looked for that is larger than the client takes.</param>
    public RabbitMqSession(IConnection client, ITcpClient? socket, Action<string> losing, bool isOneAtATime = false)
    {
        (Client, _socket, _losing, IsOneAtATime) = (client, socket, losing, isOneAtATime);
        client.ConnectionBlockedAsync += (_, _) => BlockAsync(true);
        client.ConnectionUnblockedAsync += (_, _) => BlockAsync(false);
        client.ConnectionShutdownAsync += (_, shutdown) => LoseAsync(shutdown);

        // The client first checks whether it is open and then adds the listener. If the connection is lost between the two, nobody is told,
        // so check again.
        Interlocked.MemoryBarrier();
        if (client.CloseReason is { } reason)
        {
            _ = LoseAsync(reason);
        }
    }

    public IConnection Client { get; }

    /// <summary>True if consumers take one message at a time, because one may be as large as <see cref="LargeMessages"/> says.</summary>
    public bool IsOneAtATime { get; }

    /// <summary>Completes when that message is settled.</summary>
    public Task LargeMessageSettled => _largeMessageSettled.Task;

    /// <summary>Notes that it is settled.</summary>
    public void SettledLargeMessage() => _largeMessageSettled.TrySetResult();

    /// <summary>Cancelled when the connection is lost or closed.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>True while the broker is blocked: it reads nothing that is sent.</summary>
    public bool IsBlocked => _isBlocked;

    /// <summary>The reason of the loss; empty if there is none.</summary>
    public string Reason => Volatile.Read(ref _shutdown) is { } shutdown ? RabbitMqRefusal.Reason(shutdown) : "";

    /// <summary>
    /// Waits for an answer of the broker, but no longer than the connection lasts. The client's own calls ignore their cancellation token
    /// once the request is sent.
    /// </summary>
    /// <exception cref="IOException">The connection was lost. If the broker closed it, the inner exception has the reply code.</exception>
    public async Task<T> UntilLostAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(_lost.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsLost)
        {
            throw new IOException(Reason, new OperationInterruptedException(_shutdown!));
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Client.CloseAsync(Constants.ReplySuccess, Goodbye, CloseLimit, abort: true).ConfigureAwait(false);
            await Client.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // If nobody answers, the client stops waiting but leaves the socket open, with a loop that reads from it. Close it here.
            _socket?.Close();
        }
    }

    private Task BlockAsync(bool isBlocked)
    {
        _isBlocked = isBlocked;
        return Task.CompletedTask;
    }

    private Task LoseAsync(ShutdownEventArgs shutdown)
    {
        if (Interlocked.CompareExchange(ref _shutdown, shutdown, null) is null)
        {
            _losing(Reason);

            // Do not run this on the client's thread, which still has to end every channel.
            _ = _lost.CancelAsync();
        }

        return Task.CompletedTask;
    }
}
