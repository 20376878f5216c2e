using System.CommandLine;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Postgres;

namespace Diabetes.Cli.Verbs;

/// <summary>
/// Makes <c>diabetes export</c>: writes the ledger, in CSV or in PostgreSQL, as one CSV file. The nodes may run meanwhile.
/// </summary>
internal static class ExportVerb
{
    private const string StandardOutput = "-";

    public static Command Create()
    {
        var where = new StoreOption();
        var output = new Option<string?>("--out")
        {
            Description = "CSV file to write, or - for standard output. [default: export.csv in the logs folder]",
            HelpName = "FILE",
        };
        var verb =
            new Command("export", "Write the ledger as CSV, without late joins, in the order in which pairs were completed.") { output };
        where.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var settings = where.Settings(line);
            var csv = settings.CsvLedger();
            if (line.GetValue(output) == StandardOutput)
            {
                await using var bytes = Console.OpenStandardOutput();
                Report(line.InvocationConfiguration.Error, await ExportAsync(settings, csv, bytes, stop), "to standard output");
                return;
            }

            var file = line.GetValue(output) ?? settings.LogFile("export.csv");
            if (settings.SqliteStore().Paths.Has(file))
            {
                throw new CliException(
                    $"{file} is a file of the nodes beside the CSV ledger, and export does not overwrite it. "
                    + "Name another file with --out FILE.");
            }

            Report(console, await AtomicFile.WriteAsync(file, bytes => ExportAsync(settings, csv, bytes, stop)), $"to {file}");
        }));
        return verb;
    }

    private static async Task<(long Rows, long Skipped)> ExportAsync(
        Settings settings, CsvLedgerOptions csv, Stream bytes, CancellationToken stop)
    {
        if (settings.Get(LedgerSettings.Kind) == StoreKind.Sqlite)
        {
            return await LedgerExport.WriteAsync(new CsvLedgerReader(csv.Path), csv, bytes, stop);
        }

        await using var reader = new PostgresLedgerReader(settings.PostgresStore("diabetes-cli"));
        return await LedgerExport.WriteAsync(reader, csv, bytes, stop);
    }

    private static void Report(TextWriter console, (long Rows, long Skipped) written, string where)
    {
        console.WriteLine($"Wrote {Plural.Of(written.Rows, "row")} {where}.");
        if (written.Skipped > 0)
        {
            console.WriteLine($"Left out {Plural.Of(written.Skipped, "row")}: a number in them cannot be read.");
        }
    }
}
