using System.Net;
using System.Net.Sockets;

namespace Diabetes.Testing.RabbitMq;

/// <summary>Loopback TCP ports that nobody listens on at the moment.</summary>
public static class FreePorts
{
    /// <summary>Different from each other; another process may take one before the caller does.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }
}
