namespace Diabetes.Plot;

/// <summary>A picture could not be drawn; the message says by whom and why.</summary>
public sealed class RenderingException(string message) : Exception(message);
