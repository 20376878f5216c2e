using Akka.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Configuration.Sources;

namespace Diabetes.Hosting;

/// <summary>
/// Describes a node so that a process can run it. The same recipe runs alone in a process and together with other recipes in one.
/// </summary>
/// <param name="Name">Names the node in the log; its own configuration file is hocon/NAME.conf.</param>
/// <param name="Settings">The settings that the node declares, so that all of them are checked before anything starts.</param>
/// <param name="Check">
/// Checks the files and folders that the node needs before anything is opened. Throws <see cref="SettingsException"/>.
/// </param>
/// <param name="Add">
/// Opens the files that the node needs, then adds its actors; throws <see cref="SettingsException"/> if a file cannot be used. Runs before
/// the actor system exists, and does not wait for the broker: the actors do.
/// </param>
public sealed record NodeRecipe(
    string Name,
    IReadOnlyList<ISetting> Settings,
    Action<Settings> Check,
    Func<AkkaConfigurationBuilder, IServiceProvider, AkkaConfigurationBuilder> Add)
{
    /// <summary>The options of the command line that only this node takes.</summary>
    public IReadOnlyList<NodeOption> Options { get; init; } = [];

    /// <summary>False for a node that leaves no files in <c>logs.path</c>.</summary>
    public bool WritesFiles { get; init; } = true;

    /// <summary>Rules that the values must keep together. The range of each value is checked before.</summary>
    public IReadOnlyList<SettingRule> Rules { get; init; } = [];
}
