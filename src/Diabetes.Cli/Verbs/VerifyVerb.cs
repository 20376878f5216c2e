using System.CommandLine;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Cli;

/// <summary><c>diabetes verify</c>: whether ledger, index and pending halves agree. Without <c>--repair</c> it changes nothing, and the node may run meanwhile.</summary>
internal static class VerifyVerb
{
    private const string StoreFile = "metric.db";

    public static Command Create()
    {
        var logs = new Option<string?>("--logs")
        {
            Description = "Folder with metric.db and the ledger. [default: logs.path of the nodes' configuration]",
            HelpName = "DIR",
        };
        var config = new Option<string?>("--config") { Description = "A further configuration file, as for the nodes", HelpName = "FILE" };
        var repair = new Option<bool>("--repair") { Description = "First build the index anew from the ledger as it is; stop the metric node before" };
        var verb = new Command("verify", "Verify that ledger, index and pending halves agree and that every half is accounted for.") { logs, config, repair };
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            string[] args = line.GetValue(config) is { } file ? ["--config", file] : [];
            var settings = Settings.Load("metric", args);
            settings.Check([]);
            var store = Store(settings, line.GetValue(logs) ?? settings.Get(CommonSettings.LogsPath));
            if (line.GetValue(repair)) await RepairAsync(console, store);
            Verify(console, store, stop);
        }));
        return verb;
    }

    // The same as the metric node's own, whose settings this project does not see.
    private static SqliteJoinStoreOptions Store(Settings settings, string folder)
    {
        var ledger = new CsvLedgerOptions(Path.Combine(folder, settings.Get(CommonSettings.LedgerFile)), PythonFloat.Format)
        {
            ErrorColumn = settings.Configuration["metric:ledger:error-column"]!,
            Delimiter = settings.Configuration["metric:ledger:delimiter"]![0],
        };
        var names = settings.Configuration["metric:models"]!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var (models, unify) = (ExpectedModels.Of(names), settings.Get(CommonSettings.UnifyIds));
        return new SqliteJoinStoreOptions(Path.Combine(folder, StoreFile), ledger, id => [.. models.Candidates(id, unify).Select(key => key.ToString())]);
    }

    private static async Task RepairAsync(TextWriter console, SqliteJoinStoreOptions store)
    {
        if (!File.Exists(store.Path) && !File.Exists(store.Ledger.Path))
        {
            throw new CliException($"There is neither {store.Path} nor {store.Ledger.Path}: nothing to build from. Name the folder with --logs DIR.");
        }

        var kept = $"{store.Path}.{TimeProvider.System.GetUtcNow():yyyyMMddTHHmmss}";
        var carried = await SqliteStoreRepair.RunAsync(store, kept, LocalDisk.Instance, NullLogger.Instance);
        console.WriteLine($"Built {store.Path} anew from {store.Ledger.Path}. The former one is {kept}.");
        if (!carried)
        {
            console.WriteLine("It could not be read: halves that waited in it are not in the new one, and duplicates and quarantined messages are counted from zero.");
        }
    }

    private static void Verify(TextWriter console, SqliteJoinStoreOptions store, CancellationToken stop)
    {
        var audit = SqliteStoreAudit.Run(store, LocalDisk.Instance, stop);
        console.WriteLine($"y_true   {audit.Counts.YTrue}");
        console.WriteLine($"y_pred   {audit.Counts.YPred}");
        console.WriteLine($"ledger   {audit.Counts.Rows} rows, {audit.Counts.LateRows} late");
        if (audit.Differences.Count > 0)
        {
            throw new CliException(string.Join(Environment.NewLine, audit.Differences));
        }

        console.WriteLine("Everything agrees.");
    }
}
