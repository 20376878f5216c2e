using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

/// <summary>A program's folder with the real reference and files of the test's own.</summary>
internal sealed class ConfigFolder : IDisposable
{
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

    public Settings Load(string node, params string[] args) => Settings.Load(node, args, _folder, Environment);

    /// <returns>What loading and checking complain about.</returns>
    public IReadOnlyList<string> Problems(string node, IEnumerable<ISetting> declared, params string[] args) =>
        Assert.Throws<SettingsException>(() => Load(node, args).Check(declared)).Problems;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
