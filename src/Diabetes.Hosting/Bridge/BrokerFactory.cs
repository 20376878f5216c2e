using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Opens the broker that the configuration names.</summary>
internal static class BrokerFactory
{
    /// <summary>The RabbitMQ of <c>amqp.uri</c>, not yet connected; the in-process broker where the URI is empty.</summary>
    /// <param name="node">Says who it is in the broker's list of connections.</param>
    /// <param name="settings">The node's.</param>
    /// <param name="time">Paces reconnects.</param>
    /// <param name="loggers">Told when the broker goes and comes.</param>
    public static IBroker Open(string node, Settings settings, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Get(CommonSettings.AmqpUri) is not { } uri)
        {
            return new InProcessBroker(new InProcessBrokerOptions());
        }

        var options = new RabbitMqOptions
        {
            Uri = uri,
            ConnectionName = $"diabetes-{node}@{Environment.MachineName}",
            PublishWindow = settings.Get(CommonSettings.PublishWindow),
            Reconnect = new RabbitMqReconnect
            {
                Initial = settings.Get(CommonSettings.ReconnectInitial),
                Longest = settings.Get(CommonSettings.ReconnectLongest),
            },
            Tls = new RabbitMqTls
            {
                ServerName = settings.Get(CommonSettings.TlsServerName),
                CaFile = settings.Get(CommonSettings.TlsCaFile),
            },
        };
        return new RabbitMqBroker(options, time, loggers.CreateLogger("broker"));
    }
}
