using System.Net;
using System.Net.Sockets;

namespace Diabetes.Nodes.Tests.Chaos;

/// <summary>
/// Stands between nodes and broker, and cuts all their connections when told: either at once, or in the middle of what goes through next, so that one end has a
/// frame and the other half of it. Whoever comes anew is let through.
/// </summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Relay> _relays = [];
    private readonly IPEndPoint _broker;
    private readonly Task _accepting;

    public ChaosProxy(Uri broker)
    {
        _broker = new IPEndPoint(IPAddress.Loopback, broker.Port);
        _listener.Start();
        Uri = new UriBuilder(broker) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>The broker's address, by way of this.</summary>
    public Uri Uri { get; }

    /// <summary>Connections cut so far.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts every connection now, whatever goes through it.</summary>
    public void Cut() => ForEach(static relay => relay.Cut());

    /// <summary>Cuts every connection in the middle of what goes through it next, in either direction.</summary>
    public void CutMidFrame() => ForEach(static relay => relay.CutMidFrame());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private void ForEach(Action<Relay> cut)
    {
        lock (_gate)
        {
            Cuts += _relays.Count;
            foreach (var relay in _relays)
            {
                cut(relay);
            }
        }
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(RunAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(TcpClient node)
    {
        using var relay = new Relay(node);
        lock (_gate)
        {
            _relays.Add(relay);
        }

        try
        {
            await relay.RunAsync(_broker, _stop.Token);
        }
        finally
        {
            lock (_gate)
            {
                _relays.Remove(relay);
            }
        }
    }
}
