using Diabetes.Amqp.Settings;
using Diabetes.Hosting;

namespace Diabetes.Cli;

/// <summary>Where the broker is.</summary>
internal sealed class BrokerOption()
    : SettingsOption("--amqp", "Broker, such as amqp://guest:guest@localhost:5672. [default: amqp.uri of the nodes' configuration]", "URI")
{
    /// <summary>How the settings say that it is to be reached.</summary>
    public static RabbitMqConnectionSettings Broker(Settings settings) => new()
    {
        Uri = settings.Get(CommonSettings.AmqpUri)!,
        ConnectionName = $"diabetes-cli@{Environment.MachineName}",
        TlsServerName = settings.Get(CommonSettings.TlsServerName),
        TlsCaFile = settings.Get(CommonSettings.TlsCaFile),
    };
}
