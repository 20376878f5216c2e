using Diabetes.Amqp;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Metric;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Error, "The store refuses, its messages wait unsettled: {Reason} It is asked again every second")]
    public static partial void StoreRefused(ILogger logger, string reason);

    [LoggerMessage(5001, LogLevel.Information, "The store takes halves again")]
    public static partial void StoreBack(ILogger logger);

    [LoggerMessage(5002, LogLevel.Information,
        "{Rows} rows; {Pending} halves pending in the store, {Waiting} ids waiting in memory; mean error {Mean:0.00}, RMSE {Rmse:0.00}; unsettled {Unsettled}; broker {Broker}")]
    public static partial void Report(
        ILogger logger, long rows, long pending, int waiting, double mean, double rmse, string unsettled, AmqpConnectionState broker);

    [LoggerMessage(5003, LogLevel.Warning, "{Count} halves, such as that of {Id}, waited longer than {OrphanAfter} and are orphans now: in orphans.csv, or in PostgreSQL in the table pending")]
    public static partial void Orphaned(ILogger logger, int count, string id, TimeSpan orphanAfter);

    [LoggerMessage(5004, LogLevel.Error, "The counts do not add up, which is a fault of this program or of its store's file: {Mismatch} Run: diabetes verify")]
    public static partial void NotConserved(ILogger logger, string mismatch);
}
