using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Plot;

internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "No ledger at {Ledger} yet; the metric node makes it when it starts. Drew an empty picture, {Picture}")]
    public static partial void LedgerMissing(ILogger logger, string ledger, string picture);

    [LoggerMessage(6001, LogLevel.Information, "The ledger {Ledger} is empty so far. Drew an empty picture, {Picture}")]
    public static partial void LedgerEmpty(ILogger logger, string ledger, string picture);

    [LoggerMessage(6002, LogLevel.Information, "Updated {Picture}: {Rows} rows, mean {Mean:G4}, median {Median:G4}, in {Milliseconds} ms")]
    public static partial void Updated(ILogger logger, string picture, long rows, double mean, double median, long milliseconds);

    [LoggerMessage(6003, LogLevel.Warning, "The ledger {Ledger} is gone or another than before; the statistics begin anew")]
    public static partial void LedgerRestarted(ILogger logger, string ledger);

    [LoggerMessage(6004, LogLevel.Warning, "{Count} rows of the ledger {Ledger} are left out of the picture: a number in them cannot be read")]
    public static partial void RowsLeftOut(ILogger logger, long count, string ledger);

    [LoggerMessage(6005, LogLevel.Error, "The ledger {Ledger} cannot be read: {Reason} Make it readable for this user; it is tried again")]
    public static partial void LedgerUnreadable(ILogger logger, string ledger, string reason);

    [LoggerMessage(6008, LogLevel.Warning, "The picture stands still: {Reason} The ledger is looked for again every {Interval}")]
    public static partial void LedgerAway(ILogger logger, string reason, TimeSpan interval);

    [LoggerMessage(6009, LogLevel.Information, "The ledger {Ledger} can be read again")]
    public static partial void LedgerBack(ILogger logger, string ledger);

    [LoggerMessage(6006, LogLevel.Error, "The picture is not up to date: {Reason} Free the disk or the folder; it is tried again")]
    public static partial void PictureRefused(ILogger logger, string reason);

    [LoggerMessage(6007, LogLevel.Warning, "There will be no PNG, only {Svg}: librsvg is not installed, or too old. "
        + "On Debian: apt-get install librsvg2-2 fonts-dejavu-core; then start the node again")]
    public static partial void NoLibrsvg(ILogger logger, string svg);
}
