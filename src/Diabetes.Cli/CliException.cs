namespace Diabetes.Cli;

/// <summary>Ends a verb with exit code 1. The user sees only the message: it names what is wrong, where, and what to do.</summary>
internal sealed class CliException : Exception
{
    public CliException()
    {
    }

    public CliException(string message) : base(message)
    {
    }

    public CliException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
