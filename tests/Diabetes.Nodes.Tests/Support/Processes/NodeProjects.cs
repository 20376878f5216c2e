namespace Diabetes.Nodes.Tests.Support.Processes;

/// <summary>Which project is which node.</summary>
internal static class NodeProjects
{
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["features"] = "Diabetes.Features",
        ["model"] = "Diabetes.Model",
        ["metric"] = "Diabetes.Metric",
        ["plot"] = "Diabetes.Plot",
        ["all-in-one"] = "Diabetes.AllInOne",
    };

    /// <param name="node">As in its configuration file's name.</param>
    public static string Of(string node) => Projects[node];
}
