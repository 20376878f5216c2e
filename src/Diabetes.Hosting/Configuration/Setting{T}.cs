using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Hosting.Configuration;

/// <summary>A key whose value is a <typeparamref name="T"/>. Declared once, as a static field of the project that reads it.</summary>
public sealed class Setting<T> : ISetting
{
    private readonly SettingParser<T> _parse;

    internal Setting(string path, string expected, SettingParser<T> parse) => (Path, Expected, _parse) = (path, expected, parse);

    public string Path { get; }

    public string Expected { get; }

    public bool Accepts(string text) => _parse(text, out _);

    public override string ToString() => Path;

    internal bool TryParse(string text, [MaybeNullWhen(false)] out T value) => _parse(text, out value);
}

/// <summary>Reads a value as it stands in a file, the environment or an option, and checks its range. Never throws.</summary>
public delegate bool SettingParser<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>A key of the configuration with what its value must be. Made by <see cref="Setting"/>.</summary>
public interface ISetting
{
    /// <summary>As in <c>hocon/reference.conf</c>, keys between dots: <c>features.rate</c>.</summary>
    string Path { get; }

    /// <summary>The values it takes, to end a sentence that begins with "expected".</summary>
    string Expected { get; }

    /// <summary>Whether <paramref name="text"/> is such a value.</summary>
    bool Accepts(string text);
}
