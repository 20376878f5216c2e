using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Plot;

internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information,
        "Drew an empty picture, {Picture}: there is no ledger at {Ledger} yet. The metric node creates it when it starts")]
    public static partial void LedgerMissing(ILogger logger, string ledger, string picture);

    [LoggerMessage(6010, LogLevel.Warning,
        "Drew an empty picture, {Picture}: the ledger {Ledger} is gone. The metric node begins it again when it writes or starts")]
    public static partial void LedgerGone(ILogger logger, string ledger, string picture);

    [LoggerMessage(6001, LogLevel.Information, "Drew an empty picture, {Picture}: the ledger {Ledger} has no rows yet")]
    public static partial void LedgerEmpty(ILogger logger, string ledger, string picture);

    [LoggerMessage(6002, LogLevel.Information, "Updated {Picture} in {Milliseconds} ms: {Rows} rows, mean {Mean:G4}, median {Median:G4}")]
    public static partial void Updated(ILogger logger, string picture, long milliseconds, long rows, double mean, double median);

    [LoggerMessage(6003, LogLevel.Warning, "The ledger {Ledger} was deleted or replaced. The statistics start again from zero")]
    public static partial void LedgerRestarted(ILogger logger, string ledger);

    [LoggerMessage(6004, LogLevel.Warning,
        "Left {Count} rows of the ledger {Ledger} out of the picture: y_true or y_pred is missing or no number, "
        + "the error is too large to draw, or the row is too long or torn. Find them in the file and correct or delete them")]
    public static partial void RowsLeftOut(ILogger logger, long count, string ledger);

    [LoggerMessage(
        6005, LogLevel.Error,
        "Could not read the ledger {Ledger}: {Reason} Correct this; if it is about permission, let this user read the file. "
        + "The node keeps trying")]
    public static partial void LedgerUnreadable(ILogger logger, string ledger, string reason);

    [LoggerMessage(6008, LogLevel.Warning,
        "The picture is not updated, because the ledger cannot be reached: {Reason} The node tries again every {Interval}")]
    public static partial void LedgerAway(ILogger logger, string reason, string interval);

    [LoggerMessage(6009, LogLevel.Information, "Reading the ledger {Ledger} works again")]
    public static partial void LedgerBack(ILogger logger, string ledger);

    [LoggerMessage(6006, LogLevel.Error,
        "Could not draw or write the picture: {Reason} If the disk refused it, check the free space and the permissions of the folder. "
        + "The node keeps trying")]
    public static partial void PictureRefused(ILogger logger, string reason);

    [LoggerMessage(6007, LogLevel.Warning, "Writing only {Svg} and no PNG: librsvg is not installed, or older than 2.46. "
        + "On Debian, run apt-get install librsvg2-2 fonts-dejavu-core, then restart the node")]
    public static partial void NoLibrsvg(ILogger logger, string svg);
}
