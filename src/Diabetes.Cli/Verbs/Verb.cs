using System.CommandLine;
using Diabetes.Amqp;
using Diabetes.Domain.Models;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Datasets;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger;

namespace Diabetes.Cli.Verbs;

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
        catch (Exception e) when (IsForTheUser(e))
        {
            return Refuse(line, e);
        }
    }

    /// <summary>The same for a verb that waits for others.</summary>
    public static async Task<int> RunAsync(ParseResult line, Func<TextWriter, Task> body)
    {
        try
        {
            await body(line.InvocationConfiguration.Output);
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
        line.InvocationConfiguration.Error.WriteLine(e.Message);
        return 1;
    }
}
