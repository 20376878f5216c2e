using System.Net;
using System.Net.Sockets;

namespace Diabetes.Testing.RabbitMq;

/// <summary>Carries one connection through a <see cref="ChaosProxy"/>. A cut resets both ends at once, without a proper close.</summary>
internal sealed class Relay : IDisposable
{
    /// <summary>To close a socket without lingering resets the connection, as when a machine or a network is gone.</summary>
    private const int AtOnce = 0;

    private readonly TcpClient _client;
    private readonly TcpClient _broker = new(AddressFamily.InterNetwork);
    private readonly (Socket Client, Socket Broker) _sockets;
    private volatile bool _cutsNext;
    private volatile bool _isDead;

    public Relay(TcpClient client) => (_client, _sockets) = (client, (client.Client, _broker.Client));

    public void Cut()
    {
        _sockets.Client.Close(AtOnce);
        _sockets.Broker.Close(AtOnce);
    }

    public void CutMidFrame() => _cutsNext = true;

    public void GoDead() => _isDead = true;

    public async Task RunAsync(IPEndPoint broker, CancellationToken stop)
    {
        try
        {
            await _broker.ConnectAsync(broker, stop);
            var (up, down) = (CopyAsync(_client, _broker, stop), CopyAsync(_broker, _client, stop));
            await Task.WhenAny(up, down);
            if (_isDead)
            {
                // Nor is one end told that the other one gave up.
                await NeverAsync(stop);
            }

            Dispose();
            await Task.WhenAll(up, down);
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // The broker is away: the client hears that as soon as this is disposed of.
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _broker.Dispose();
    }

    private static bool IsEnd(Exception fault) =>
        fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private static Task NeverAsync(CancellationToken stop) => new TaskCompletionSource().Task.WaitAsync(stop);

    private async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            while (await source.ReadAsync(buffer, stop) is > 0 and var read)
            {
                if (_isDead)
                {
                    // Nothing is read either, so that he who writes is stuck once the buffers are full.
                    await NeverAsync(stop);
                }

                if (_cutsNext)
                {
                    // A frame ends with its last byte, so what lacks one ends within a frame.
                    await target.WriteAsync(buffer.AsMemory(0, read - 1 - (read / 3)), stop);
                    Cut();
                    return;
                }

                await target.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // One end is gone, and the other one follows.
        }
    }
}
