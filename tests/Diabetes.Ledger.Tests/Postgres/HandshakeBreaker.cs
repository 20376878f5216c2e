using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>
/// A server, or a proxy before one, that dies in the middle of the TLS handshake: it answers the wish for TLS and no more.
/// </summary>
internal sealed class HandshakeBreaker : IAsyncDisposable
{
    private const int RequestLength = 8;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public HandshakeBreaker()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync();
    }

    public int Port { get; }

    /// <summary>What it says before it is gone: S is yes to TLS.</summary>
    public string Answer { get; set; } = "S";

    /// <summary>Clients so far.</summary>
    public int Handshakes { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Handshakes++;
            var stream = client.GetStream();
            await stream.ReadExactlyAsync(new byte[RequestLength], _stop.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer), _stop.Token);
        }
    }
}
