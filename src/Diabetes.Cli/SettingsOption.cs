using System.CommandLine;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli;

/// <summary>
/// Adds two options to a verb: one that the nodes have, and <c>--config</c>. Every other setting comes from the nodes' files and the
/// environment.
/// </summary>
/// <param name="name">The name of the nodes' option.</param>
/// <param name="description">What the help says.</param>
/// <param name="value">Stands for the value in the help.</param>
internal abstract class SettingsOption(string name, string description, string value)
{
    private readonly Option<string?> _option = new(name) { Description = description, HelpName = value };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "One more configuration file, as for the nodes",
        HelpName = "FILE",
    };

    /// <summary>Adds both options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_option);
        verb.Options.Add(_config);
    }

    /// <summary>Reads the configuration that a metric node would have with these options.</summary>
    /// <exception cref="SettingsException">A key or a value is wrong.</exception>
    public Settings Settings(ParseResult line)
    {
        string[] given = [.. Pair(_option), .. Pair(_config)];
        if (Secrets.Seen(given) is { } word)
        {
            line.InvocationConfiguration.Error.WriteLine(word);
        }

        var settings = Hosting.Configuration.Settings.Load("metric", given);
        settings.Check([]);
        return settings;

        string[] Pair(Option<string?> option) => line.GetValue(option) is { } given ? [option.Name, given] : [];
    }
}

/// <summary>Says where the store and the ledger are.</summary>
internal sealed class StoreOption()
    : SettingsOption("--logs", "Folder of the store and the ledger. [default: logs.path of the nodes' configuration]", "DIR");

/// <summary>Says where the broker is.</summary>
internal sealed class BrokerOption()
    : SettingsOption(
        "--amqp",
        "Broker, such as amqp://localhost:5672; set DIABETES__AMQP__URI for one with a password. "
        + "[default: amqp.uri of the nodes' configuration]",
        "URI");
