using Diabetes.Hosting.Configuration;
using Diabetes.Hosting;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger;

namespace Diabetes.Plot.Following;

/// <summary>The ledger as the configuration names it: a CSV file, or a table of PostgreSQL.</summary>
/// <param name="Reader">Reads it. One that holds connections is disposed of by the node.</param>
/// <param name="Name">For the log: the file, or the database without its password.</param>
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
