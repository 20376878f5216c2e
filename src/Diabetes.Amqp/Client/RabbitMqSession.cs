using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// One connection until it is lost. The client tells its channels of the loss one after the other, and one that a write has stuck in keeps all behind it waiting for
/// good; so whoever waits for anything of the connection waits with <see cref="Lost"/>. It is a token and no event: who comes after the loss hears of it too.
/// </summary>
internal sealed class RabbitMqSession : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _lost = new();
    private readonly Action<string> _losing;
    private readonly ITcpClient? _socket;
    private volatile bool _isBlocked;
    private ShutdownEventArgs? _shutdown;

    /// <param name="client">The client's connection, open until now.</param>
    /// <param name="socket">What it runs over, where that is known.</param>
    /// <param name="losing">Told the reason once, before everybody else hears of the loss.</param>
    public RabbitMqSession(IConnection client, ITcpClient? socket, Action<string> losing)
    {
        (Client, _socket, _losing) = (client, socket, losing);
        client.ConnectionBlockedAsync += (_, _) => BlockAsync(true);
        client.ConnectionUnblockedAsync += (_, _) => BlockAsync(false);
        client.ConnectionShutdownAsync += (_, shutdown) => LoseAsync(shutdown);

        // The client looks whether it is open and then adds the listener: what happens between the two it tells nobody.
        Interlocked.MemoryBarrier();
        if (client.CloseReason is { } reason)
        {
            _ = LoseAsync(reason);
        }
    }

    public IConnection Client { get; }

    /// <summary>Cancelled when the connection is lost or closed.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>The broker takes no messages for now: it reads nothing that is sent.</summary>
    public bool IsBlocked => _isBlocked;

    /// <summary>Why it is lost.</summary>
    public string Reason => Volatile.Read(ref _shutdown) is { } shutdown ? RabbitMqRefusal.Reason(shutdown) : "";

    /// <summary>Waits for an answer of the broker; not longer than there is a connection. The client's own calls look at no token once they have sent the question.</summary>
    /// <exception cref="IOException">The connection is lost; the broker's code for it, if it was the broker, is in the exception within.</exception>
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
            await Client.CloseAsync(Constants.ReplySuccess, "Goodbye", CloseLimit, abort: true).ConfigureAwait(false);
            await Client.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // When nobody answers, the client stops waiting and leaves this open, with a loop that reads from it.
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

            // Not on the client's thread: it has to end every channel yet.
            _ = _lost.CancelAsync();
        }

        return Task.CompletedTask;
    }
}
