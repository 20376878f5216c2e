using Diabetes.Amqp;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Metric;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Error,
        "Could not write to the store: {Reason} Messages stay unacked at the broker, and the node tries again every second")]
    public static partial void StoreRefused(ILogger logger, string reason);

    [LoggerMessage(5001, LogLevel.Information, "Writing to the store works again")]
    public static partial void StoreBack(ILogger logger);

    [LoggerMessage(5002, LogLevel.Information,
        "{Rows} rows; {Pending} halves pending in the store, {Waiting} ids waiting in memory; "
        + "mean error {Mean:0.00}, RMSE {Rmse:0.00}; unsettled {Unsettled}; broker {Broker}")]
    public static partial void Report(
        ILogger logger, long rows, long pending, int waiting, double mean, double rmse, string unsettled, AmqpConnectionState broker);

    [LoggerMessage(5003, LogLevel.Warning,
        "Orphaned halves: {Count} more, for example that of id {Id}: the other half did not arrive within {OrphanAfter}. "
        + "They are listed in orphans.csv, or in the table pending in PostgreSQL")]
    public static partial void Orphaned(ILogger logger, int count, string id, string orphanAfter);

    [LoggerMessage(5004, LogLevel.Error, "The counts of the store do not add up: {Mismatch} "
        + "This is a bug, or the store's file is damaged. Run: diabetes verify")]
    public static partial void NotConserved(ILogger logger, string mismatch);

    [LoggerMessage(EventId = 5005, Message =
        "There is no report: the node did not answer itself within {Seconds} s. "
        + "It has more to do than this machine can, or the store is slow")]
    public static partial void ReportLate(ILogger logger, LogLevel level, double seconds);
}
