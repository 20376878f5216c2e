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
        + "mean error {Mean:G6}, RMSE {Rmse:G6}; unsettled {Unsettled}; broker {Broker}")]
    public static partial void Report(
        ILogger logger, long rows, long pending, int waiting, double mean, double rmse, string unsettled, AmqpConnectionState broker);

    [LoggerMessage(5003, LogLevel.Warning,
        "Orphaned halves: {Count} more, for example that of id {Id}: the other half did not arrive within {OrphanAfter}. "
        + "They are listed in orphans.csv, or in the table pending in PostgreSQL")]
    public static partial void Orphaned(ILogger logger, int count, string id, string orphanAfter);

    [LoggerMessage(5006, LogLevel.Information, "{Pending} halves are pending in the store, less than metric.pending-limit = {Limit} again")]
    public static partial void PendingBelowLimit(ILogger logger, long pending, long limit);

    [LoggerMessage(5007, LogLevel.Warning,
        "The clock of this machine differs by {Seconds} s from the time that has passed since this node started: it was set, or the "
        + "machine slept. The node goes by the time that has passed, so waiting halves do not become orphans because of it. "
        + "A restart goes by the clock again: set the clock right first")]
    public static partial void ClockIsOff(ILogger logger, double seconds);

    [LoggerMessage(5008, LogLevel.Information, "The clock of this machine agrees with the time that has passed again")]
    public static partial void ClockIsBack(ILogger logger);

    [LoggerMessage(5009, LogLevel.Warning,
        "{Pending} halves are pending in the store, more than metric.pending-limit = {Limit}: the oldest become orphans. "
        + "Find out why their other halves do not come, or raise the limit if there is disk for more")]
    public static partial void PendingBeyondLimit(ILogger logger, long pending, long limit);

    [LoggerMessage(5004, LogLevel.Error, "The counts of the store do not add up: {Mismatch} "
        + "This is a bug, or the store's file is damaged. Run: diabetes verify")]
    public static partial void NotConserved(ILogger logger, string mismatch);

    [LoggerMessage(EventId = 5005, Message =
        "There is no report: an actor of this node did not answer within {Seconds} s. This machine is overloaded, or the store is slow")]
    public static partial void ReportLate(ILogger logger, LogLevel level, double seconds);
}
