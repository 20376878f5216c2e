using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>
/// A proxy before a server. It breaks off the first handshakes, each after the answer that it was given for it, and forwards every
/// connection after them.
/// </summary>
/// <param name="serverPort">The server's port on loopback.</param>
/// <param name="answers">What it answers to the wish for TLS, one for each handshake that it breaks off. S is yes.</param>
internal sealed class HandshakeBreaker : IAsyncDisposable
{
    private const int RequestLength = 8;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Queue<string> _answers;
    private readonly Task _running;

    public HandshakeBreaker(int serverPort, params IEnumerable<string> answers)
    {
        (_serverPort, _answers) = (serverPort, new Queue<string>(answers));
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync();
    }

    public int Port { get; }

    /// <summary>How many handshakes it has broken off.</summary>
    public int Broken { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var forwarded = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (_answers.TryDequeue(out var answer))
                {
                    await BreakOffAsync(client, answer);
                }
                else
                {
                    forwarded.Add(ForwardAsync(client));
                }
            }
        }
        finally
        {
            await Task.WhenAll(forwarded).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BreakOffAsync(TcpClient client, string answer)
    {
        using (client)
        {
            var stream = client.GetStream();
            await stream.ReadExactlyAsync(new byte[RequestLength], _stop.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
            Broken++;
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        {
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            var (near, far) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
        }
    }
}
