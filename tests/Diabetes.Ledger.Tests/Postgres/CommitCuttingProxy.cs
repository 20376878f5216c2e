using System.Net;
using System.Net.Sockets;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>
/// Stands between a store and its server, and cuts the connection at the next commit: before the server hears of it, or before the store
/// hears back.
/// </summary>
internal sealed class CommitCuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly Task _accepting;
    private volatile Cut _next;

    public CommitCuttingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal enum Cut
    {
        None,
        BeforeTheServerHears,
        BeforeTheStoreHears,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts { get; private set; }

    public void CutNextCommit(Cut how) => _next = how;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient store)
    {
        using var server = new TcpClient();
        using (store)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var (up, down) = (store.GetStream(), server.GetStream());
            var (toServer, toStore) = (UpAsync(up, down), CopyAsync(down, up));
            await Task.WhenAny(toServer, toStore);
            store.Close();
            server.Close();
            await Task.WhenAll(toServer, toStore);
        }
    }

    private async Task UpAsync(NetworkStream store, NetworkStream server)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await store.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                // Not READ COMMITTED: the statement alone ends there.
                var cut = _next != Cut.None && buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0 ? _next : Cut.None;
                if (cut != Cut.None)
                {
                    (_next, Cuts) = (Cut.None, Cuts + 1);
                }

                if (cut == Cut.BeforeTheServerHears)
                {
                    return;
                }

                if (cut == Cut.BeforeTheStoreHears)
                {
                    // From here on the way back leads nowhere; the server has answered when it hangs up.
                    store.Socket.Shutdown(SocketShutdown.Send);
                    await server.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                    server.Socket.Shutdown(SocketShutdown.Send);
                    while (await store.ReadAsync(buffer, _stop.Token) > 0)
                    {
                    }

                    return;
                }

                await server.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _stop.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }
}
