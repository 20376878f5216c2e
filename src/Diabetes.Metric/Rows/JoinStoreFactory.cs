using Diabetes.Hosting.Configuration;
using Diabetes.Ledger;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Sqlite;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric.Rows;

/// <summary>Opens the store that the configuration names.</summary>
internal static class JoinStoreFactory
{
    /// <summary>
    /// Opens the store. A SQLite store is open when this returns. PostgreSQL is connected by the first call to the store, which waits for
    /// it.
    /// </summary>
    /// <exception cref="SettingsException">A file or its folder cannot be used.</exception>
    public static IJoinStore Open(string node, Settings settings, TimeProvider time, ILogger logger)
    {
        if (settings.Get(LedgerSettings.Kind) == StoreKind.Postgres)
        {
            return PostgresJoinStore.Open(settings.PostgresStore($"diabetes-{node}"), time, logger);
        }

        var options = settings.SqliteStore() with
        {
            Rotation = new LedgerRotation(settings.Get(MetricSettings.RotateSize), settings.Get(MetricSettings.RotateDaily), time),
        };
        try
        {
            return SqliteJoinStore.Open(options, LocalDisk.Instance, logger);
        }
        catch (LedgerUnusableException unusable)
        {
            throw Refused(LedgerSettings.LedgerFile, unusable);
        }
        catch (Exception unusable) when (unusable is StoreUnusableException or StoreUnavailableException)
        {
            throw Refused(LedgerSettings.Kind, unusable);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw Refused(NodeSettings.LogsPath, unusable);
        }
    }

    private static SettingsException Refused(ISetting setting, Exception unusable) => new($"{setting.Path}: {unusable.Message}");
}
