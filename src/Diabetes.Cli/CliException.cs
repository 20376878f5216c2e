namespace Diabetes.Cli;

/// <summary>Ends a verb with exit code 1. The user sees only the message: it names what is wrong, where, and what to do.</summary>
/// <param name="lines">What to print, a sentence a line.</param>
internal sealed class CliException(params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    /// <summary>What to print, a sentence a line.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
