using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>The store and its ledger, as the configuration names them.</summary>
internal static class JoinStore
{
    /// <exception cref="SettingsException">A file or its folder cannot be used.</exception>
    public static IJoinStore Open(NodeContext context)
    {
        var settings = context.Settings;
        var path = context.LogFile(settings.Get(CommonSettings.LedgerFile));
        var models = settings.Get(MetricSettings.Models);
        var unify = settings.Get(CommonSettings.UnifyIds);
        var ledger = new CsvLedgerOptions(path, PythonFloat.Format)
        {
            ErrorColumn = settings.Get(MetricSettings.ErrorColumn),
            Delimiter = settings.Get(MetricSettings.Delimiter),
        };
        var options = new SqliteJoinStoreOptions(
            context.LogFile("metric.db"), ledger, text => [.. models.Candidates(text, unify).Select(key => key.ToString())]);
        try
        {
            return SqliteJoinStore.Open(options, LocalDisk.Instance, context.Logger);
        }
        catch (Exception unusable) when (unusable is LedgerUnusableException or StoreUnusableException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"metric.ledger.file: {unusable.Message}");
        }
    }
}
