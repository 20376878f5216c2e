using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Opens the broker that the configuration names.</summary>
internal static class BrokerFactory
{
    private const string AllInOne = "all-in-one";

    /// <summary>The RabbitMQ of <c>amqp.uri</c>, not yet connected; the in-process broker where the URI is empty.</summary>
    /// <param name="node">Says who it is in the broker's list of connections.</param>
    /// <param name="settings">The node's.</param>
    /// <param name="time">Paces reconnects.</param>
    /// <param name="loggers">Told when the broker goes and comes.</param>
    /// <exception cref="SettingsException">A node that runs alone has no broker within it.</exception>
    public static IBroker Open(string node, Settings settings, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Get(CommonSettings.AmqpUri) is not { } uri)
        {
            if (node != AllInOne)
            {
                throw new SettingsException($"amqp.uri is empty, which only the all-in-one takes: the {node} node needs a RabbitMQ, such as amqp://guest:guest@localhost:5672.");
            }

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
