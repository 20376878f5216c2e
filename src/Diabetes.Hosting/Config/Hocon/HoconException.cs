namespace Diabetes.Hosting.Hocon;

/// <summary>A document that cannot be read. The message starts with the place.</summary>
internal sealed class HoconException(HoconOrigin origin, string problem) : Exception($"{origin}: {problem}");
