using System.Collections;
using Diabetes.Hosting.Configuration.Hocon;
using Diabetes.Hosting.Configuration.Sources;

namespace Diabetes.Hosting.Configuration;

/// <summary>
/// Holds a node's configuration, merged from these layers, a later one over an earlier one: <c>hocon/akka.conf</c>,
/// <c>hocon/reference.conf</c>, the node's own file beside it, the file of <c>--config</c>, the environment, the command line.
/// Substitutions are resolved after the merge.
/// </summary>
public sealed class Settings
{
    /// <summary>The settings that Hosting declares, which every node has.</summary>
    private static readonly IReadOnlyList<ISetting> Shared = Setting.DeclaredIn(
        typeof(AmqpSettings), typeof(WireSettings), typeof(NodeSettings), typeof(QueueSettings), typeof(LedgerSettings));

    private readonly HoconObject _document;
    private readonly IReadOnlyList<string> _problems;

    private Settings(HoconObject document, IReadOnlyList<string> problems) => (_document, _problems) = (document, problems);

    /// <summary>Writes the help of a node's command line.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="args">The command line.</param>
    /// <param name="options">The options that only this node takes.</param>
    /// <returns>The help text if the arguments ask for it, else null.</returns>
    public static string? Help(string node, IReadOnlyList<string> args, IReadOnlyList<NodeOption> options) =>
        new NodeCommandLine(node, options, args).Help();

    /// <summary>
    /// Reads the configuration. A file or command line that cannot be parsed fails here; unknown keys and wrong values fail in
    /// <see cref="Check"/>, all at once.
    /// </summary>
    /// <param name="node">The node's name: its own file is hocon/NAME.conf.</param>
    /// <param name="args">The command line.</param>
    /// <param name="options">The options that only this node takes; null if there are none.</param>
    /// <param name="baseFolder">The folder that contains the folder hocon; null for the program's own folder.</param>
    /// <param name="environment">The environment variables; null reads those of the process.</param>
    /// <exception cref="SettingsException">The message names the file, its line and what was expected.</exception>
    public static Settings Load(
        string node,
        IReadOnlyList<string> args,
        IReadOnlyList<NodeOption>? options = null,
        string? baseFolder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var commandLine = new NodeCommandLine(node, options ?? [], args);
        if (commandLine.Problems() is { Count: > 0 } problems)
        {
            throw new SettingsException(problems);
        }

        environment ??= ProcessEnvironment();
        try
        {
            return Load(node, commandLine, Path.Combine(baseFolder ?? AppContext.BaseDirectory, "hocon"), environment);
        }
        catch (HoconException e)
        {
            throw new SettingsException(e.Message);
        }
    }

    /// <summary>Reads a setting's value.</summary>
    /// <exception cref="SettingsException">The value is wrong, or the configuration has a key that does not exist.</exception>
    public T Get<T>(Setting<T> setting)
    {
        if (_problems.Count > 0)
        {
            throw new SettingsException(_problems);
        }

        return Find(setting.Path, out _) is HoconLiteral { Kind: not HoconLiteralKind.Null } literal
               && setting.TryParse(literal.Text, out var value)
            ? value
            : throw Invalid(setting, setting.Expected);
    }

    /// <summary>
    /// Checks every key, then the values of these settings and of all that Hosting declares, then, if each of them is valid by itself, the
    /// rules.
    /// </summary>
    /// <param name="declared">The settings that a node declares.</param>
    /// <param name="rules">The rules of the node; those that hold for every node are always checked.</param>
    /// <exception cref="SettingsException">Names all problems at once.</exception>
    public void Check(IEnumerable<ISetting> declared, params IEnumerable<SettingRule> rules)
    {
        string[] problems =
        [
            .. _problems,
            .. Shared.Union(declared).Where(setting => !IsValid(setting)).Select(setting => Problem(setting, setting.Expected)),
        ];
        if (problems.Length == 0)
        {
            problems = [.. rules.Prepend(AmqpSettings.PausesGrow).Select(rule => rule(this)).OfType<(ISetting Setting, string Expected)>()
                .Select(broken => Problem(broken.Setting, broken.Expected))];
        }

        if (problems.Length > 0)
        {
            throw new SettingsException(problems);
        }
    }

    /// <summary>
    /// Writes the configuration for Akka's parser. Passwords outside of <c>akka</c> are masked, since <c>akka.log-config-on-start</c> would
    /// print them and Akka does not read them there.
    /// </summary>
    internal string AkkaText()
    {
        var (akka, rest) = (new HoconObject(_document.Origin), new HoconObject(_document.Origin));
        foreach (var (key, field) in _document.Fields)
        {
            (key == "akka" ? akka : rest).Put(key, field);
        }

        return HoconText.Of(akka) + HoconText.Of(rest, Secrets.Mask);
    }

    /// <summary>Makes the exception for a value that is valid by itself and wrong together with others.</summary>
    /// <param name="setting">The setting to change.</param>
    /// <param name="expected">Ends a sentence that begins with "expected".</param>
    public SettingsException Invalid(ISetting setting, string expected) => new(Problem(setting, expected));

    private static Settings Load(string node, NodeCommandLine commandLine, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var disk = new HoconDisk();
        var reference = Document(Path.Combine(folder, "reference.conf"), disk);
        reference.Absorb(Document(Path.Combine(folder, "akka.conf"), disk));
        List<HoconObject> layers =
        [
            Document(Path.Combine(folder, "akka.conf"), disk),
            Document(Path.Combine(folder, "reference.conf"), disk),
        ];
        if (Path.Combine(folder, node + ".conf") is var own && File.Exists(own))
        {
            layers.Add(Document(own, disk));
        }

        if (commandLine.ConfigFile is { } file)
        {
            layers.Add(Document(Path.GetFullPath(file), disk));
        }

        layers.Add(EnvironmentKeys.Read(environment));
        layers.Add(commandLine.Keys());
        var whole = new HoconObject(new HoconOrigin("configuration", 0));
        layers.ForEach(whole.Absorb);

        // Resolve after the merge, since a substitution may name a key that a later layer sets.
        var document = HoconResolver.Resolve(whole, environment.GetValueOrDefault);
        return new Settings(document, KeyCheck.Problems(reference, document));
    }

    private static HoconObject Document(string file, HoconDisk disk)
    {
        var root = HoconIncluder.Load(file, disk);
        return root as HoconObject ?? throw new HoconException(root.Origin, "a configuration must be an object, not an array");
    }

    private static Dictionary<string, string> ProcessEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    private bool IsValid(ISetting setting) => Find(setting.Path, out var misplaced) switch
    {
        HoconLiteral { Kind: not HoconLiteralKind.Null } literal => setting.Accepts(literal.Text),
        // KeyCheck has reported a misplaced section or value already.
        _ => misplaced,
    };

    private string Problem(ISetting setting, string expected) => Find(setting.Path, out _) switch
    {
        HoconLiteral { Kind: HoconLiteralKind.Null } literal => $"{literal.Origin}: {setting.Path} = null; expected {expected}",
        HoconLiteral literal => $"{literal.Origin}: {setting.Path} = {Quote.Of(Secrets.MaskUri(literal.Text))}; expected {expected}",
        HoconArray array => $"{array.Origin}: {setting.Path} is a list; expected {expected}",
        _ => $"{setting.Path} has no value; expected {expected}",
    };

    /// <param name="path">Keys between dots.</param>
    /// <param name="misplaced">True if the key is a section, or a key above it is a value.</param>
    private HoconNode? Find(string path, out bool misplaced)
    {
        HoconNode? node = _document;
        misplaced = false;
        foreach (var key in path.Split('.'))
        {
            misplaced |= node is not (HoconObject or null);
            node = (node as HoconObject)?[key];
        }

        misplaced |= node is HoconObject;
        return node;
    }
}
