using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Hosting;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Starting node {Node}{Files}")]
    public static partial void Starting(ILogger logger, string node, string files);

    [LoggerMessage(2001, LogLevel.Information, "Draining, because of {Cause}")]
    public static partial void Draining(ILogger logger, string cause);

    [LoggerMessage(2002, LogLevel.Information, "{Summary}")]
    public static partial void Summary(ILogger logger, string summary);

    [LoggerMessage(2003, LogLevel.Error, "Not drained: {What}")]
    public static partial void LeftBehind(ILogger logger, string what);

    [LoggerMessage(2005, LogLevel.Error,
        "Messages that were consumed but not settled are still with the broker. Messages that it had not confirmed may be lost. "
        + "To give the node more time, set a larger drain-timeout")]
    public static partial void WhereTheRestIs(ILogger logger);

    [LoggerMessage(2004, LogLevel.Error, "{What} {Reason}")]
    public static partial void NodeFailed(ILogger logger, string what, string reason, Exception? cause);

    [LoggerMessage(2011, LogLevel.Warning, "Set aside {Messages} of {Queue}: {Reason}, for example: {Detail}")]
    public static partial void Quarantined(ILogger logger, string messages, string queue, string reason, string detail);

    [LoggerMessage(2012, LogLevel.Error,
        "Cannot write quarantine.ndjson; its messages wait unsettled, and the write is tried again every second: {Reason} "
        + "If the disk refused it, free space, or let this user write to the folder")]
    public static partial void QuarantineRefused(ILogger logger, string reason);

    [LoggerMessage(2013, LogLevel.Information, "quarantine.ndjson can be written again; the messages that waited are in it")]
    public static partial void QuarantineBack(ILogger logger);

    [LoggerMessage(2014, LogLevel.Warning,
        "Queue '{Queue}' is full: {Waiting} set-aside messages wait in it and dead-letters.limit is {Limit}. "
        + "Later ones are only in quarantine.ndjson, with their first bytes. "
        + "List the messages with 'diabetes dead list', then replay them or purge the queue")]
    public static partial void SetAsideQueueFull(ILogger logger, string queue, long waiting, int limit);

    [LoggerMessage(2015, LogLevel.Information, "Queue '{Queue}' takes set-aside messages again")]
    public static partial void SetAsideQueueTaken(ILogger logger, string queue);

    [LoggerMessage(2016, LogLevel.Warning,
        "Queue '{Queue}' cannot be used. {Reason} Set-aside messages are only in quarantine.ndjson, with their first bytes. "
        + "Declare the queue (durable), or give the user the configure permission for it")]
    public static partial void SetAsideQueueRefused(ILogger logger, string queue, string reason);

    [LoggerMessage(2020, LogLevel.Error, "{Actor}: {Message}")]
    public static partial void ActorError(ILogger logger, string actor, string message, Exception? cause);

    [LoggerMessage(2021, LogLevel.Warning, "{Actor}: {Message}")]
    public static partial void ActorWarning(ILogger logger, string actor, string message);

    [LoggerMessage(2023, LogLevel.Information, "{Actor}: {Message}")]
    public static partial void ActorInfo(ILogger logger, string actor, string message);

    [LoggerMessage(2024, LogLevel.Debug, "{Actor}: {Message}")]
    public static partial void ActorDebug(ILogger logger, string actor, string message);

    [LoggerMessage(2022, LogLevel.Warning, "Akka could not deliver {Message} to {Recipient}: no such actor")]
    public static partial void DeadLetter(ILogger logger, string message, string recipient);
}
