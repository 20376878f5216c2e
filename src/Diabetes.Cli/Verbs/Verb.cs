using System.CommandLine;
using Diabetes.Amqp;
using Diabetes.Domain.Models;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger;
using Diabetes.Ledger.Datasets;
using Diabetes.Ledger.Joins;

namespace Diabetes.Cli.Verbs;

/// <summary>Runs the body of a verb.</summary>
internal static class Verb
{
    /// <summary>
    /// Runs a body. Prints the message of an exception that the user can act on and returns exit code 1; every other exception passes.
    /// </summary>
    public static int Run(ParseResult line, Action<TextWriter> body)
    {
        try
        {
            body(new LineWriter(line.InvocationConfiguration.Output));
            return 0;
        }
        catch (Exception e) when (IsForTheUser(e))
        {
            return Refuse(line, e);
        }
    }

    /// <summary>Does the same for an asynchronous body.</summary>
    public static async Task<int> RunAsync(ParseResult line, Func<TextWriter, Task> body)
    {
        try
        {
            await body(new LineWriter(line.InvocationConfiguration.Output));
            return 0;
        }
        catch (Exception e) when (IsForTheUser(e))
        {
            return Refuse(line, e);
        }
    }

    private static bool IsForTheUser(Exception e) =>
        e is CliException or DatasetException or ModelFileException or SettingsException or AmqpRefusedException
            or StoreUnusableException or LedgerUnusableException or IOException or UnauthorizedAccessException;

    private static int Refuse(ParseResult line, Exception e)
    {
        var error = new LineWriter(line.InvocationConfiguration.Error, masks: true);
        IReadOnlyList<string> lines = e switch
        {
            SettingsException settings => settings.Problems,
            CliException several => several.Lines,
            _ => [e.Message],
        };
        foreach (var problem in lines)
        {
            error.WriteLine(problem);
        }

        return 1;
    }
}
