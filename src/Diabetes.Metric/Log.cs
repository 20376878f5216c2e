using Diabetes.Streams;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Metric;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Error, "The ledger refuses rows, their messages wait unsettled: {Reason} It is asked again every second")]
    public static partial void LedgerRefused(ILogger logger, string reason);

    [LoggerMessage(5001, LogLevel.Information, "The ledger takes rows again; it has {Rows}")]
    public static partial void LedgerBack(ILogger logger, long rows);

    [LoggerMessage(5002, LogLevel.Information,
        "Joined {Joined}, waiting {Waiting}, duplicates {Duplicates}, quarantined {Quarantined}; ledger {Rows} rows; mean error {Mean:0.00}, RMSE {Rmse:0.00}; unsettled {Unsettled}; broker {Broker}")]
    public static partial void Report(
        ILogger logger, long joined, long waiting, long duplicates, long quarantined, long rows, double mean, double rmse, string unsettled, BrokerState broker);

    [LoggerMessage(5004, LogLevel.Information, "Ledger {Path} has {Rows} rows")]
    public static partial void LedgerOpened(ILogger logger, string path, long rows);
}
