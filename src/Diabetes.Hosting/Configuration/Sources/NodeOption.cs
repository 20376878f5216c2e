namespace Diabetes.Hosting.Configuration.Sources;

/// <summary>An option of the command line that is short for a key.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What stands for the value in the help.</param>
/// <param name="Path">The key.</param>
/// <param name="Description">For the help.</param>
/// <param name="Nodes">The nodes that take it.</param>
internal sealed record NodeOption(string Name, string Value, string Path, string Description, params IReadOnlyList<string> Nodes)
{
    public const string AllInOne = "all-in-one";

    /// <summary>The executables, as their own configuration files are named.</summary>
    public static readonly IReadOnlyList<string> AllNodes = ["features", "model", "metric", "plot", AllInOne];

    public static readonly IReadOnlyList<NodeOption> All =
    [
        new("--amqp", "URI", "amqp.uri", "Broker, such as amqp://guest:guest@localhost:5672", [.. AllNodes]),
        new("--logs", "DIR", "logs.path", "Folder for the ledger, the picture and the quarantine", [.. AllNodes]),
        new("--rate", "PER_SECOND", "features.rate", "Rows a second; 0 is as fast as it goes", "features", AllInOne),
        new("--count", "N", "features.count", "Rows to send, then drain and exit; 0 never ends", "features", AllInOne),
        new("--label-delay", "DURATION", "features.label-delay", "How long the truth lags behind: 2s, or a distribution such as \"uniform(0s, 5s)\"", "features", AllInOne),
        new("--seed", "N", "features.seed", "Draws the same rows again for the same number", "features", AllInOne),
    ];
}
