namespace Diabetes.Hosting.Configuration.Sources;

/// <summary>An option of a node's command line that sets one key.</summary>
/// <param name="Name">The option with its dashes: <c>--rate</c>.</param>
/// <param name="Value">Stands for the value in the help: <c>PER_SECOND</c>.</param>
/// <param name="Setting">The key that it sets.</param>
/// <param name="Description">What the help says.</param>
public sealed record NodeOption(string Name, string Value, ISetting Setting, string Description)
{
    /// <summary>The options that every node takes.</summary>
    internal static readonly IReadOnlyList<NodeOption> Common =
    [
        new("--amqp", "URI", AmqpSettings.Uri, "Broker, such as amqp://guest:guest@localhost:5672"),
        new("--logs", "DIR", NodeSettings.LogsPath, "Folder for the ledger, the picture and the quarantine"),
    ];
}
