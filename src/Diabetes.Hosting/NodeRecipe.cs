using Akka.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Configuration.Sources;

namespace Diabetes.Hosting;

/// <summary>
/// What a process needs to know of a node to run it. The same recipe runs alone in a process of its own and beside the other three in the all-in-one.
/// </summary>
/// <param name="Name">As in hocon/NAME.conf and in the log.</param>
/// <param name="Settings">Every key that this node reads, so that all of them are checked before anything starts.</param>
/// <param name="Check">
/// Looks at the files and folders that the node needs, so that one that cannot be used is found before anything is opened. Throws <see cref="SettingsException"/>.
/// </param>
/// <param name="Add">
/// Adds the node's actors. Opens what they need first, and throws <see cref="SettingsException"/> where that cannot be used; no actor system is there yet. Waits for
/// nothing: a broker that is not there is waited for by the actors.
/// </param>
public sealed record NodeRecipe(
    string Name,
    IReadOnlyList<ISetting> Settings,
    Action<Settings> Check,
    Func<AkkaConfigurationBuilder, IServiceProvider, AkkaConfigurationBuilder> Add)
{
    /// <summary>The options of the command line that the node takes beside those of every node.</summary>
    public IReadOnlyList<NodeOption> Options { get; init; } = [];

    /// <summary>What the node needs of its settings, beyond the range of each.</summary>
    public IReadOnlyList<SettingRule> Rules { get; init; } = [];
}
