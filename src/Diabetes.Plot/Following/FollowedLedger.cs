using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Postgres;

namespace Diabetes.Plot.Following;

/// <summary>Opens the ledger that the configuration names: a CSV file, or a table in PostgreSQL.</summary>
/// <param name="Reader">Reads the ledger. If it holds connections, the node disposes of it.</param>
/// <param name="Name">The name for log lines: the path of the file, or the database without its password.</param>
internal sealed record FollowedLedger(ILedgerReader Reader, string Name)
{
    public static FollowedLedger Open(NodeContext node)
    {
        var settings = node.Settings;
        if (settings.Get(LedgerSettings.Kind) == StoreKind.Postgres)
        {
            var options = settings.PostgresStore($"diabetes-{node.Node}");
            return new FollowedLedger(new PostgresLedgerReader(options), $"postgres://{options} (schema {options.Schema})");
        }

        var file = node.LogFile(settings.Get(LedgerSettings.LedgerFile));
        return new FollowedLedger(new CsvLedgerReader(file), file);
    }
}
