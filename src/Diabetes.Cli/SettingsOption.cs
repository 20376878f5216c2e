using System.CommandLine;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli;

/// <summary>An option of the nodes' that a verb takes too, and <c>--config</c> beside it; what neither says is what the nodes read, in their files and the environment.</summary>
/// <param name="name">As the nodes call it.</param>
/// <param name="description">For the help.</param>
/// <param name="value">What follows it, for the help.</param>
internal abstract class SettingsOption(string name, string description, string value)
{
    private readonly Option<string?> _option = new(name) { Description = description, HelpName = value };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A further configuration file, as for the nodes",
        HelpName = "FILE",
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_option);
        verb.Options.Add(_config);
    }

    /// <summary>The configuration that a metric node would have with these options.</summary>
    /// <exception cref="SettingsException">It is wrong.</exception>
    public Settings Settings(ParseResult line)
    {
        var settings = Hosting.Configuration.Settings.Load("metric", [.. Pair(_option), .. Pair(_config)]);
        settings.Check([]);
        return settings;

        string[] Pair(Option<string?> option) => line.GetValue(option) is { } given ? [option.Name, given] : [];
    }
}

/// <summary>Where store and ledger are.</summary>
internal sealed class StoreOption() : SettingsOption("--logs", "Folder of the store and the ledger. [default: logs.path of the nodes' configuration]", "DIR");

/// <summary>Where the broker is.</summary>
internal sealed class BrokerOption()
    : SettingsOption("--amqp", "Broker, such as amqp://guest:guest@localhost:5672. [default: amqp.uri of the nodes' configuration]", "URI");
