using System.Net;
using System.Net.Sockets;

namespace Diabetes.Testing.RabbitMq;

/// <summary>
/// Finds loopback TCP ports that nobody listens on. They lie below those that Linux gives to outgoing connections (from 32768 on), because
/// a connection of another test would otherwise take one before its server listens.
/// </summary>
public static class FreePorts
{
    private const int First = 10_000;
    private const int BehindLast = 32_768;

    /// <summary>Returns ports that differ from each other.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => Listen()).ToArray();

        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }

    private static TcpListener Listen()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, BehindLast)) { ExclusiveAddressUse = true };
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException)
            {
                // Somebody listens there. Try another one.
                listener.Dispose();
            }
        }
    }
}
