using Diabetes.Amqp;
using Diabetes.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Makes the connection that the configuration names.</summary>
internal static class AmqpFactory
{
    /// <summary>
    /// Makes a connection to the RabbitMQ of <c>amqp.uri</c> without opening it, or to queues within the process if the URI is empty.
    /// </summary>
    /// <param name="node">Names the node in the broker's list of connections.</param>
    /// <param name="settings">The node's configuration.</param>
    /// <param name="time">The clock of the pauses between two tries to connect.</param>
    /// <param name="loggers">Makes the log of lost and restored connections.</param>
    /// <exception cref="SettingsException">The URI or the file of certificate authorities cannot be used.</exception>
    public static AmqpConnection Open(string node, Settings settings, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Get(AmqpSettings.Uri) is null)
        {
            return new InProcessConnection();
        }

        try
        {
            return new RabbitMqConnection(settings.RabbitMq(node), time, loggers.CreateLogger("broker"));
        }
        catch (ArgumentException unusable)
        {
            throw new SettingsException(unusable.Message);
        }
    }
}
