using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Hosting;

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
