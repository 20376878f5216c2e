namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>
/// Holds the keys from the root to a value. Compared and shown as it would be written, with quotes where they are needed.
/// </summary>
internal sealed class HoconPath(IReadOnlyList<string> keys) : IEquatable<HoconPath>
{
    public static readonly HoconPath Root = new([]);

    public IReadOnlyList<string> Keys { get; } = keys;

    public HoconPath Then(string key) => new([.. Keys, key]);

    public HoconPath Then(HoconPath path) => new([.. Keys, .. path.Keys]);

    /// <summary>The keys between dots, without quotes: how the environment and messages to programmers know the path.</summary>
    public string Plain => string.Join('.', Keys);

    public override string ToString() => string.Join('.', Keys.Select(Written));

    public bool Equals(HoconPath? other) => other is not null && Keys.SequenceEqual(other.Keys);

    public override bool Equals(object? obj) => Equals(obj as HoconPath);

    public override int GetHashCode() => Keys.Aggregate(0, (hash, key) => HashCode.Combine(hash, key));

    private static string Written(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : $"\"{key}\"";
}
