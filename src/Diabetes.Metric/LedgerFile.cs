using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>The ledger on disk, as the configuration names it.</summary>
internal static class LedgerFile
{
    /// <exception cref="SettingsException">The file or its folder cannot be used.</exception>
    public static ILedger Open(NodeContext context)
    {
        var settings = context.Settings;
        var path = context.LogFile(settings.Get(CommonSettings.LedgerFile));
        var options = new CsvLedgerOptions(path, PythonFloat.Format)
        {
            ErrorColumn = settings.Get(MetricSettings.ErrorColumn),
            Delimiter = settings.Get(MetricSettings.Delimiter),
        };
        try
        {
            var ledger = CsvLedger.Open(options, LocalDisk.Instance, context.Logger);
            Log.LedgerOpened(context.Logger, path, ledger.Count);
            return ledger;
        }
        catch (Exception unusable) when (unusable is LedgerUnusableException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"metric.ledger.file: {unusable.Message}");
        }
    }
}
