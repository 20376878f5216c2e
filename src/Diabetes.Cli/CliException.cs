namespace Diabetes.Cli;

/// <summary>Ends a verb with exit code 1. The user sees only the message: it names what is wrong, where, and what to do.</summary>
internal sealed class CliException(string message) : Exception(message);
