using System.CommandLine;
using Diabetes.Hosting;

namespace Diabetes.Cli;

/// <summary>Where store and ledger are: <c>--logs</c>, or what the nodes read, their files and the environment.</summary>
internal sealed class StoreOption
{
    private readonly Option<string?> _logs = new("--logs")
    {
        Description = "Folder of the store and the ledger. [default: logs.path of the nodes' configuration]",
        HelpName = "DIR",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A further configuration file, as for the nodes",
        HelpName = "FILE",
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_logs);
        verb.Options.Add(_config);
    }

    /// <summary>The configuration that a metric node would have with these options.</summary>
    /// <exception cref="SettingsException">It is wrong.</exception>
    public Settings Settings(ParseResult line)
    {
        string?[] args = [.. Pair(_logs), .. Pair(_config)];
        var settings = Hosting.Settings.Load("metric", args!);
        settings.Check([]);
        return settings;

        string?[] Pair(Option<string?> option) => line.GetValue(option) is { } value ? [option.Name, value] : [];
    }
}
