namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>A document that cannot be read. The message starts with the place.</summary>
internal sealed class HoconException(HoconOrigin origin, string problem) : Exception($"{origin}: {problem}");

/// <summary>Where a value was written, as a message to its author names it.</summary>
/// <param name="Source">A file, an environment variable or an option.</param>
/// <param name="Line">From 1; 0 where the source has no lines.</param>
internal sealed record HoconOrigin(string Source, int Line)
{
    public override string ToString() => Line > 0 ? $"{Source}:{Line}" : Source;
}
