using System.Text.RegularExpressions;

namespace Diabetes.Cli;

/// <summary>The files that nodes keep in the folder of a CSV ledger: nothing else may write them.</summary>
internal static class KeptFiles
{
    private static readonly HashSet<string> Names = ["metric.db", "metric.db-wal", "metric.db-shm", "late.csv", "orphans.csv", "quarantine.ndjson"];

    /// <summary>Whether <paramref name="file"/> is the ledger, a closed segment of it, or what stands beside it, whether it is there or yet to come.</summary>
    public static bool Has(string ledger, string file)
    {
        (ledger, file) = (Path.GetFullPath(ledger), Path.GetFullPath(file));
        var name = Path.GetFileName(file);
        var (stem, extension) = (Path.GetFileNameWithoutExtension(ledger), Path.GetExtension(ledger));
        return Path.GetDirectoryName(ledger) == Path.GetDirectoryName(file)
            && (file == ledger || Names.Contains(name) || Regex.IsMatch(name, $@"^{Regex.Escape(stem)}\.[0-9]+{Regex.Escape(extension)}\z"));
    }
}
