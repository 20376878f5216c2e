namespace Diabetes.Hosting;

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
