using Diabetes.AllInOne;
using Diabetes.Features;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Metric;
using Diabetes.Model;
using Diabetes.Plot;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

/// <summary>A program's folder with the real reference and files of the test's own.</summary>
internal sealed class ConfigFolder : IDisposable
{
    private static readonly Dictionary<string, NodeRecipe> Recipes = ((NodeRecipe[])
        [FeaturesNode.Recipe, ModelNode.Recipe, MetricNode.Recipe, PlotNode.Recipe, AllInOneNode.Recipe]).ToDictionary(node => node.Name);

    private readonly string _folder = Directory.CreateTempSubdirectory("config").FullName;

    public ConfigFolder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "hocon"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "hocon")))
        {
            File.Copy(file, At(Path.GetFileName(file)));
        }
    }

    public Dictionary<string, string> Environment { get; } = [];

    public string this[string file]
    {
        set => File.WriteAllText(At(file), value);
    }

    public string At(string file) => Path.Combine(_folder, "hocon", file);

    public Settings Load(string node, params string[] args) => Settings.Load(node, args, Recipes[node].Options, _folder, Environment);

    /// <summary>Loads what the node reads and checks it with the node's rules.</summary>
    public void Check(string node, IEnumerable<ISetting> declared, params string[] args) =>
        Load(node, args).Check(declared, Recipes[node].Rules);

    public void Check(string node, params string[] args) => Check(node, [], args);

    /// <returns>What loading and checking complain about.</returns>
    public IReadOnlyList<string> Problems(string node, IEnumerable<ISetting> declared, params string[] args) =>
        Assert.Throws<SettingsException>(() => Check(node, declared, args)).Problems;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
