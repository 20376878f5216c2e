using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Hosting;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Node {Node} starts; what it leaves is in {Folder}")]
    public static partial void Starting(ILogger logger, string node, string folder);

    [LoggerMessage(2001, LogLevel.Information, "Draining, because of {Cause}")]
    public static partial void Draining(ILogger logger, string cause);

    [LoggerMessage(2002, LogLevel.Information, "{Summary}")]
    public static partial void Summary(ILogger logger, string summary);

    [LoggerMessage(2003, LogLevel.Error, "Not drained: {What}")]
    public static partial void LeftBehind(ILogger logger, string what);

    [LoggerMessage(2005, LogLevel.Error,
        "Messages that were consumed but not settled are still with the broker. Messages that it had not confirmed may be lost. To give the node more time, set a larger drain-timeout")]
    public static partial void WhereTheRestIs(ILogger logger);

    [LoggerMessage(2004, LogLevel.Error, "{What} {Reason}")]
    public static partial void NodeFailed(ILogger logger, string what, string reason, Exception cause);

    [LoggerMessage(2011, LogLevel.Warning, "Quarantined {Count} of {Queue}: {Reason}, such as: {Detail}")]
    public static partial void Quarantined(ILogger logger, int count, string queue, string reason, string detail);

    [LoggerMessage(2012, LogLevel.Error, "The quarantine cannot be written, its messages wait unsettled: {Reason} Free the disk or the folder; it is tried again every second")]
    public static partial void QuarantineRefused(ILogger logger, string reason);

    [LoggerMessage(2013, LogLevel.Information, "The quarantine can be written again")]
    public static partial void QuarantineBack(ILogger logger);

    [LoggerMessage(2014, LogLevel.Warning, "'{Queue}' is full: {Waiting} dead letters wait, dead-letters.limit is {Limit}. Further ones are in quarantine.ndjson alone, with their first bytes. Look with 'diabetes dead list', then replay them or purge the queue")]
    public static partial void DeadLettersFull(ILogger logger, string queue, long waiting, int limit);

    [LoggerMessage(2015, LogLevel.Information, "'{Queue}' takes dead letters again")]
    public static partial void DeadLettersTaken(ILogger logger, string queue);

    [LoggerMessage(2020, LogLevel.Error, "{Actor}: {Message}")]
    public static partial void ActorError(ILogger logger, string actor, string message, Exception? cause);

    [LoggerMessage(2021, LogLevel.Warning, "{Actor}: {Message}")]
    public static partial void ActorWarning(ILogger logger, string actor, string message);

    [LoggerMessage(2023, LogLevel.Information, "{Actor}: {Message}")]
    public static partial void ActorInfo(ILogger logger, string actor, string message);

    [LoggerMessage(2024, LogLevel.Debug, "{Actor}: {Message}")]
    public static partial void ActorDebug(ILogger logger, string actor, string message);

    [LoggerMessage(2022, LogLevel.Warning, "Dead letter {Message} for {Recipient}")]
    public static partial void DeadLetter(ILogger logger, string message, string recipient);
}
