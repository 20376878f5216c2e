using System.CommandLine;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Cli.Verbs;

/// <summary><c>diabetes verify</c>: whether ledger, counts and waiting halves agree. Without <c>--repair</c> it changes nothing, and the nodes may run meanwhile.</summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        var where = new StoreOption();
        var repair = new Option<bool>("--repair") { Description = "First build the index anew from the ledger as it is; stop the metric node before" };
        var without = new Option<bool>("--without-archived") { Description = "With --repair, where the former index cannot be read: go on without the ids of closed segments that are not beside the ledger" };
        var verb = new Command("verify", "Verify that ledger, index and pending halves agree and that every half is accounted for.") { repair, without };
        where.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var settings = where.Settings(line);
            if (settings.Get(LedgerSettings.Kind) == StoreKind.Postgres)
            {
                if (line.GetValue(repair)) throw new CliException("--repair builds the index of a CSV ledger anew. In PostgreSQL the ledger is its own index: bring back a backup of the database instead.");
                Print(console, await PostgresStoreAudit.RunAsync(settings.PostgresStore("diabetes-cli"), stop), "Everything agrees. No pair can be in the ledger twice: it is its key.");
                return;
            }

            var store = settings.SqliteStore();
            if (line.GetValue(repair)) await RepairAsync(console, store, line.GetValue(without));
            Print(console, SqliteStoreAudit.Run(store, LocalDisk.Instance, stop), "Everything agrees.");
        }));
        return verb;
    }

    private static async Task RepairAsync(TextWriter console, SqliteJoinStoreOptions store, bool withoutArchived)
    {
        if (!SqliteStoreRepair.CanRun(store, LocalDisk.Instance))
        {
            throw new CliException($"There is neither {store.Path} nor {store.Ledger.Path}: nothing to build from. Name the folder with --logs DIR.");
        }

        var kept = $"{store.Path}.{TimeProvider.System.GetUtcNow():yyyyMMddTHHmmss}";
        var report = await SqliteStoreRepair.RunAsync(store, kept, withoutArchived, LocalDisk.Instance, NullLogger.Instance);
        console.WriteLine($"Built {store.Path} anew from {store.Ledger.Path} and its closed segments. {(report.Kept is null ? "There was no former store." : Former(report.Kept))}");
        foreach (var line in Found(report)) console.WriteLine(line);
    }

    /// <summary>Names the copy of the former store. A node that was killed also leaves a write-ahead log, without which halves would be missing.</summary>
    private static string Former(string kept) => File.Exists(kept + "-wal")
        ? $"The former store is kept as {kept} and {kept}-wal. To go back to it, delete the store's own -wal file and rename both to the store's name."
        : $"The former store is kept as {kept}.";

    private static IEnumerable<string> Found(SqliteStoreRepairReport report)
    {
        if (report.Unsettled is not null) yield return $"The former store could not write to its files what it owed them: {report.Unsettled}";
        if (!report.Carried && report.Kept is not null) yield return "The former store could not be read. The new one lacks the halves that waited in it and the ids of archived segments, and counts duplicates and quarantined messages from zero.";
        if (report.Appended > 0) yield return $"Appended {report.Appended} rows to their files that only the former store had.";
        if (report.Archived > 0) yield return $"{report.Archived} rows of the former store are in no file here. Closed segments are missing here, so the rows are taken for theirs and kept in the new store.";
        if (report.Dropped > 0) yield return $"{report.Dropped} rows of the former store are in no file here, and no segment is missing: somebody took them out, so the new store lacks them. If that was a mistake, put the right file and the former store back.";
    }

    private static void Print(TextWriter console, StoreAudit audit, string good)
    {
        console.WriteLine($"y_true   {audit.Counts.YTrue}");
        console.WriteLine($"y_pred   {audit.Counts.YPred}");
        console.WriteLine($"ledger   {audit.Counts.Rows} rows, {audit.Counts.LateRows} late");
        if (audit.Differences.Count > 0)
        {
            throw new CliException(string.Join(Environment.NewLine, audit.Differences));
        }

        console.WriteLine(good);
    }
}
