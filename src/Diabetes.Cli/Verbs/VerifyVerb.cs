using System.CommandLine;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Cli.Verbs;

/// <summary>
/// Makes <c>diabetes verify</c>: compares the ledger, the counts and the pending halves. Without <c>--repair</c> it changes nothing, and
/// the nodes may run meanwhile.
/// </summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        var where = new StoreOption();
        var repair = new Option<bool>("--repair")
        {
            Description = "Rebuild the store from the CSV ledger, then verify it. Stop the metric node first",
        };
        var without = new Option<bool>("--without-archived")
        {
            Description =
                "With --repair, if the old store cannot be read: leave out the ids of closed segments that are not beside the ledger",
        };
        var verb = new Command("verify", "Verify that the ledger, the store and the counts agree and that every half is accounted for.")
        {
            repair, without,
        };
        where.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var settings = where.Settings(line);
            if (settings.Get(LedgerSettings.Kind) == StoreKind.Postgres)
            {
                if (line.GetValue(repair))
                {
                    throw new CliException(
                        "--repair rebuilds the store of a CSV ledger. In PostgreSQL the ledger is part of the store: "
                        + "restore a backup of the database instead.");
                }

                var audit = await PostgresStoreAudit.RunAsync(settings.PostgresStore("diabetes-cli"), stop);
                Print(console, audit, "Everything agrees. No pair can be in the ledger twice: its id is the primary key.");
                return;
            }

            var store = settings.SqliteStore();
            if (line.GetValue(repair))
            {
                await RepairAsync(console, store, line.GetValue(without));
            }

            Print(console, SqliteStoreAudit.Run(store, LocalDisk.Instance, stop), "Everything agrees.");
        }));
        return verb;
    }

    private static async Task RepairAsync(TextWriter console, SqliteJoinStoreOptions store, bool withoutArchived)
    {
        if (!SqliteStoreRepair.CanRun(store, LocalDisk.Instance))
        {
            throw new CliException(
                $"There is neither {store.Path} nor {store.Ledger.Path}, so there is nothing to rebuild from. "
                + "Name the folder with --logs DIR.");
        }

        var kept = store.Paths.Former(TimeProvider.System.GetUtcNow());
        var report = await SqliteStoreRepair.RunAsync(store, kept, withoutArchived, LocalDisk.Instance, NullLogger.Instance);
        console.WriteLine($"Rebuilt {store.Path} from {store.Ledger.Path} and its closed segments.");
        console.WriteLine(report.Kept is null ? "There was no old store." : OldStore(report.Kept));
        foreach (var line in Found(report))
        {
            console.WriteLine(line);
        }
    }

    /// <summary>
    /// Names the copy of the old store. A node that was killed also leaves a write-ahead log, without which halves would be missing.
    /// </summary>
    private static string OldStore(string kept) => File.Exists(kept + "-wal")
        ? $"The old store is kept as {kept} and {kept}-wal. "
          + "To return to it, delete the store's own -wal file and rename both to the store's name."
        : $"The old store is kept as {kept}.";

    private static IEnumerable<string> Found(SqliteStoreRepairReport report)
    {
        if (report.Unsettled is not null)
        {
            yield return $"The old store could not write its last rows to their files: {report.Unsettled}";
        }

        if (!report.Carried && report.Kept is not null)
        {
            yield return "The old store could not be read. The new one lacks its pending halves and the ids of archived segments, "
                + "and counts duplicates and quarantined messages from zero.";
        }

        if (report.Appended > 0)
        {
            yield return $"Appended {report.Appended} rows to their files that only the old store had.";
        }

        if (report.Archived > 0)
        {
            yield return $"{report.Archived} rows of the old store are in no file here. Closed segments are missing here, "
                + "so the new store keeps these rows as rows of the missing segments.";
        }

        if (report.Dropped > 0)
        {
            yield return $"{report.Dropped} rows of the old store are in no file here, and no segment is missing: somebody removed them, "
                + "so the new store lacks them. If that was a mistake, restore the file and the old store.";
        }
    }

    private static void Print(TextWriter console, StoreAudit audit, string good)
    {
        console.WriteLine($"y_true   {audit.Counts.YTrue}");
        console.WriteLine($"y_pred   {audit.Counts.YPred}");
        console.WriteLine($"ledger   {Plural.Of(audit.Counts.Rows, "row")}, {audit.Counts.LateRows} late");
        if (audit.Differences.Count > 0)
        {
            throw new CliException([.. audit.Differences]);
        }

        console.WriteLine(good);
    }
}
