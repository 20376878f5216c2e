using System.CommandLine;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Cli;

/// <summary>Where the broker is: <c>--amqp</c>, or what the nodes read, their files and the environment.</summary>
internal sealed class BrokerOption
{
    private readonly Option<string?> _uri = new("--amqp")
    {
        Description = "Broker, such as amqp://guest:guest@localhost:5672. [default: amqp.uri of the nodes' configuration]",
        HelpName = "URI",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A further configuration file, as for the nodes",
        HelpName = "FILE",
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_uri);
        verb.Options.Add(_config);
    }

    /// <summary>The configuration that a metric node would have with these options.</summary>
    /// <exception cref="SettingsException">It is wrong.</exception>
    public Settings Settings(ParseResult line)
    {
        string?[] args = [.. Pair(_uri), .. Pair(_config)];
        var settings = Hosting.Settings.Load("metric", args!);
        settings.Check([]);
        return settings;

        string?[] Pair(Option<string?> option) => line.GetValue(option) is { } value ? [option.Name, value] : [];
    }

    /// <summary>The same for the broker.</summary>
    public static RabbitMqOptions Broker(Settings settings) => new()
    {
        Uri = settings.Get(CommonSettings.AmqpUri)!,
        ConnectionName = $"diabetes-cli@{Environment.MachineName}",
        Tls = new RabbitMqTls { ServerName = settings.Get(CommonSettings.TlsServerName), CaFile = settings.Get(CommonSettings.TlsCaFile) },
    };
}
