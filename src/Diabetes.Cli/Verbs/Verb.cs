using System.CommandLine;
using Diabetes.Domain;

namespace Diabetes.Cli;

/// <summary>What every verb does the same way.</summary>
internal static class Verb
{
    /// <summary>
    /// Runs a verb's body and turns what the user can mend into one line on standard error and exit code 1; what is a fault of ours passes.
    /// </summary>
    public static int Run(ParseResult line, Action<TextWriter> body)
    {
        try
        {
            body(line.InvocationConfiguration.Output);
            return 0;
        }
        catch (Exception e) when (e is CliException or DatasetException or ModelFileException or IOException or UnauthorizedAccessException)
        {
            line.InvocationConfiguration.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
