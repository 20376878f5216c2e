using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Hosting.Configuration;

/// <summary>
/// Describes a key whose value is a <typeparamref name="T"/>. Declared once, as a static field in the project that reads it.
/// </summary>
public sealed class Setting<T> : ISetting
{
    private readonly SettingParser<T> _parse;

    internal Setting(string path, string expected, SettingParser<T> parse) => (Path, Expected, _parse) = (path, expected, parse);

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public string Expected { get; }

    /// <inheritdoc/>
    public bool Accepts(string text) => _parse(text, out _);

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path;

    internal bool TryParse(string text, [MaybeNullWhen(false)] out T value) => _parse(text, out value);
}

/// <summary>Reads a value as it stands in a file, the environment or an option, and checks its range. Never throws.</summary>
public delegate bool SettingParser<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>Describes a key of the configuration and its values. Made by <see cref="Setting"/>.</summary>
public interface ISetting
{
    /// <summary>The path in <c>hocon/reference.conf</c>, keys between dots: <c>features.rate</c>.</summary>
    string Path { get; }

    /// <summary>The values it takes, to end a sentence that begins with "expected".</summary>
    string Expected { get; }

    /// <summary>Returns whether <paramref name="text"/> is such a value.</summary>
    bool Accepts(string text);
}
