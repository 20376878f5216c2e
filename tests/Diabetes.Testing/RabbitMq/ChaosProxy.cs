using System.Net;
using System.Net.Sockets;

namespace Diabetes.Testing.RabbitMq;

/// <summary>
/// Stands between clients and a broker, and disturbs their connections when told to. It cuts them at once; or cuts them in the middle of
/// what goes through next, so that the receiver has half a frame; or keeps them open and lets nothing through. New connections are let
/// through, except after <see cref="GoDead"/> and until <see cref="Recover"/>.
/// </summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Relay> _relays = [];
    private readonly IPEndPoint _broker;
    private readonly Task _accepting;
    private bool _isDead;

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
    public void Cut() => Cuts += ForEach(static relay => relay.Cut());

    /// <summary>Cuts every connection in the middle of what goes through it next, in either direction.</summary>
    public void CutMidFrame() => Cuts += ForEach(static relay => relay.CutMidFrame());

    /// <summary>
    /// Lets nothing through any more and closes neither end, as when a cable is pulled. New connections are accepted and get no answer.
    /// </summary>
    public void GoDead()
    {
        _isDead = true;
        ForEach(static relay => relay.GoDead());
    }

    /// <summary>Lets new connections through again. The dead ones stay dead.</summary>
    public void Recover() => _isDead = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private int ForEach(Action<Relay> spoil)
    {
        lock (_gate)
        {
            foreach (var relay in _relays)
            {
                spoil(relay);
            }

            return _relays.Count;
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

    private async Task RunAsync(TcpClient client)
    {
        using var relay = new Relay(client);
        lock (_gate)
        {
            _relays.Add(relay);
            if (_isDead)
            {
                relay.GoDead();
            }
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
