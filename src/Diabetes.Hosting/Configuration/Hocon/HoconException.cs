namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Says why a document cannot be read. The message starts with the file and the line.</summary>
internal sealed class HoconException(HoconOrigin origin, string problem) : Exception($"{origin}: {problem}");

/// <summary>Says where a value was written, for messages.</summary>
/// <param name="Source">A file, an environment variable or an option.</param>
/// <param name="Line">From 1; 0 if the source has no lines.</param>
internal sealed record HoconOrigin(string Source, int Line)
{
    public override string ToString() => Line > 0 ? $"{Source}:{Line}" : Source;
}
