using System.CommandLine;
using System.CommandLine.Help;
using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Hosting.Configuration.Sources;

/// <summary>Parses the arguments of a node: a file, and the keys that they set.</summary>
internal sealed class NodeCommandLine
{
    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private readonly RootCommand _command;
    private readonly Option<string> _config = new("--config")
    {
        HelpName = "FILE",
        Description = "One more configuration file; its values replace those of the files beside the program",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Set any key of hocon/reference.conf; may be repeated",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Dictionary<NodeOption, Option<string>> _options;
    private readonly ParseResult _result;

    /// <param name="node">The node's name, for the help.</param>
    /// <param name="options">The options that only this node takes.</param>
    /// <param name="args">The arguments.</param>
    public NodeCommandLine(string node, IReadOnlyList<NodeOption> options, IReadOnlyList<string> args)
    {
        _options = NodeOption.Common.Concat(options).ToDictionary(
            option => option,
            option => new Option<string>(option.Name)
            {
                HelpName = option.Value,
                Description = $"{option.Description} [{option.Setting.Path}]",
            });
        _command = new RootCommand(
            $"Run the {node} node. Options replace values of the environment, and these replace values of the files in the folder hocon.");
        foreach (var version in _command.Options.OfType<VersionOption>().ToArray())
        {
            _command.Options.Remove(version);
        }

        foreach (var option in (Option[])[.. _options.Values, _config, _set])
        {
            _command.Options.Add(option);
        }

        _result = _command.Parse(args, Plain);
    }

    /// <summary>The file of <c>--config</c>; null without that option.</summary>
    public string? ConfigFile => _result.GetValue(_config);

    /// <summary>Writes the help.</summary>
    /// <returns>The help text if the arguments ask for it, else null.</returns>
    public string? Help()
    {
        if (_result.Action is not HelpAction)
        {
            return null;
        }

        using var text = new StringWriter();
        _result.Invoke(new InvocationConfiguration { Output = text });
        return text.ToString();
    }

    /// <summary>Lists every argument that cannot be parsed; keys and values are checked later.</summary>
    public IReadOnlyList<string> Problems() => _result.Errors.Count > 0
        ? [.. _result.Errors.Select(error => $"command line: {error.Message} Try --help")]
        : [.. Sets().Where(text => !text.Contains('=')).Select(text => $"option --set: \"{text}\" has no '='; expected KEY=VALUE")];

    /// <summary>Makes a document of the keys that the arguments set; those of <c>--set</c> come last.</summary>
    /// <exception cref="HoconException">A key of <c>--set</c> is not a path.</exception>
    public HoconObject Keys()
    {
        var result = new HoconObject(new HoconOrigin("command line", 0));
        foreach (var (option, value) in Given())
        {
            Assign(option.Setting.Path, value, $"option {option.Name}");
        }

        foreach (var pair in Sets().Select(text => text.Split('=', 2)))
        {
            Assign(pair[0].Trim(), pair[1], $"option --set {pair[0].Trim()}");
        }

        return result;

        void Assign(string path, string value, string source) => result.Assign(
            HoconPathReader.Read(path, source),
            new HoconLiteral(new HoconOrigin(source, 0), HoconLiteralKind.String, value));
    }

    private string[] Sets() => _result.GetValue(_set) ?? [];

    private IEnumerable<(NodeOption Option, string Value)> Given()
    {
        foreach (var (option, parsed) in _options)
        {
            if (_result.GetResult(parsed) is not null && _result.GetValue(parsed) is { } value)
            {
                yield return (option, value);
            }
        }
    }
}
