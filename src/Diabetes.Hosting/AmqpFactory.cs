using Akka.Streams;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp;
using Diabetes.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Opens the broker that the configuration names.</summary>
internal static class AmqpFactory
{
    /// <summary>The RabbitMQ of <c>amqp.uri</c>, not yet connected; queues within the process where the URI is empty.</summary>
    /// <param name="node">Says who it is in the broker's list of connections.</param>
    /// <param name="settings">The node's.</param>
    /// <param name="time">Paces reconnects.</param>
    /// <param name="loggers">Told when the broker goes and comes.</param>
    public static AmqpConnection Open(string node, Settings settings, TimeProvider time, ILoggerFactory loggers) =>
        settings.Get(CommonSettings.AmqpUri) is not { } uri
            ? new InProcessConnection()
            : new RabbitMqConnection(
                new RabbitMqConnectionSettings
                {
                    Uri = uri,
                    ConnectionName = $"diabetes-{node}@{Environment.MachineName}",
                    Reconnect = RestartSettings.Create(
                        settings.Get(CommonSettings.ReconnectInitial), settings.Get(CommonSettings.ReconnectLongest), randomFactor: 0.5),
                    TlsServerName = settings.Get(CommonSettings.TlsServerName),
                    TlsCaFile = settings.Get(CommonSettings.TlsCaFile),
                },
                time,
                loggers.CreateLogger("broker"));
}
