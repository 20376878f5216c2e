using Diabetes.Amqp.Client;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp;

/// <summary>Logs what happens on the connection to the broker. Event ids 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "{Connection}: connected to RabbitMQ at {Endpoint} (try {Attempt})")]
    public static partial void Connected(ILogger logger, string connection, RabbitMqEndpoint endpoint, int attempt);

    [LoggerMessage(1001, LogLevel.Warning,
        "{Connection}: waiting for RabbitMQ at {Endpoint}: {Reason}. Trying again until it answers, at least every {Seconds} s")]
    public static partial void Waiting(ILogger logger, string connection, RabbitMqEndpoint endpoint, string reason, double seconds);

    [LoggerMessage(1002, LogLevel.Debug, "{Connection}: still waiting for RabbitMQ at {Endpoint} (try {Attempt}): {Reason}")]
    public static partial void StillWaiting(ILogger logger, string connection, RabbitMqEndpoint endpoint, int attempt, string reason);

    [LoggerMessage(1003, LogLevel.Warning,
        "{Connection}: lost the connection to RabbitMQ at {Endpoint}: {Reason} The node connects again by itself")]
    public static partial void Lost(ILogger logger, string connection, RabbitMqEndpoint endpoint, string reason);

    [LoggerMessage(1004, LogLevel.Warning,
        "{Connection}: RabbitMQ at {Endpoint} accepts no messages: {Reason}. Publishers wait. Free memory or disk on the broker's machine")]
    public static partial void Blocked(ILogger logger, string connection, RabbitMqEndpoint endpoint, string reason);

    [LoggerMessage(1005, LogLevel.Information, "{Connection}: RabbitMQ at {Endpoint} accepts messages again")]
    public static partial void Unblocked(ILogger logger, string connection, RabbitMqEndpoint endpoint);

    [LoggerMessage(1006, LogLevel.Debug, "Using the existing queue '{Queue}' ({Messages} messages, {Consumers} consumers)")]
    public static partial void QueueFound(ILogger logger, string queue, uint messages, uint consumers);

    [LoggerMessage(1007, LogLevel.Information, "Declared queue '{Queue}' ({Durability}), because it did not exist")]
    public static partial void QueueDeclared(ILogger logger, string queue, string durability);

    [LoggerMessage(EventId = 1008, Message = "Could not use queue '{Queue}': {Reason}. Trying again")]
    public static partial void ChannelFailed(ILogger logger, LogLevel level, string queue, string reason);

    [LoggerMessage(EventId = 1009, Message =
        "Lost the subscription to '{Queue}': {Reason}. Subscribing again; the broker delivers unacked messages again")]
    public static partial void SubscriptionLost(ILogger logger, LogLevel level, string queue, string reason);

    [LoggerMessage(EventId = 1010, Message = "Publishing to '{Queue}' was interrupted: {Reason}")]
    public static partial void PublishingInterrupted(ILogger logger, LogLevel level, string queue, string reason);

    [LoggerMessage(1011, LogLevel.Information, "Sending {Count} unconfirmed messages to '{Queue}' again")]
    public static partial void SendingAgain(ILogger logger, string queue, int count);

    [LoggerMessage(1012, LogLevel.Warning,
        "Closed the publisher to '{Queue}' with {Count} unconfirmed messages. The broker may not have them")]
    public static partial void GivenUp(ILogger logger, string queue, int count);

    [LoggerMessage(1013, LogLevel.Error,
        "The receiver of '{Queue}' failed on delivery {Tag}. The message stays unacked and is delivered again when the subscription ends")]
    public static partial void ReceiverFailed(ILogger logger, string queue, ulong tag, Exception fault);

    [LoggerMessage(1015, LogLevel.Debug, "Could not close {What} cleanly: {Reason}")]
    public static partial void NotClosedCleanly(ILogger logger, string what, string reason);

    [LoggerMessage(1016, LogLevel.Error,
        "A callback of the channel for '{Queue}' threw an exception. This is a bug in the node: report it with the exception")]
    public static partial void HandlerFailed(ILogger logger, string queue, Exception fault);

    [LoggerMessage(EventId = 1017,
        Message = "Using the existing queue '{Queue}', although it differs from the configuration: {Difference}. {Advice}")]
    public static partial void QueueDiffers(ILogger logger, LogLevel level, string queue, string difference, string advice);

    [LoggerMessage(1018, LogLevel.Warning,
        "Queue '{Queue}' already has {Consumers} consumers, and each of them gets a part of its messages. This is right if all are nodes "
        + "of the same kind (metric nodes on one store). Otherwise stop the others, or give them queues of their own")]
    public static partial void OthersConsume(ILogger logger, string queue, uint consumers);

    [LoggerMessage(1019, LogLevel.Warning,
        "Declared '{Queue}' as durable, because this RabbitMQ allows no transient queues. Set durable = true for this queue under queues "
        + "in the configuration. If other services declare it as transient, set "
        + "deprecated_features.permit.transient_nonexcl_queues = true in rabbitmq.conf")]
    public static partial void NoTransientQueues(ILogger logger, string queue);

    [LoggerMessage(1020, LogLevel.Debug, "Could not compare queue '{Queue}' with the configuration: {Reason}")]
    public static partial void NotCompared(ILogger logger, string queue, string reason);

    [LoggerMessage(1021, LogLevel.Information, "Consuming {Queue} with at most {Prefetch} unacked messages")]
    public static partial void Consuming(ILogger logger, string queue, int prefetch);

    [LoggerMessage(1022, LogLevel.Warning,
        "Ignoring these parameters of amqp.uri: {Names}. A node takes heartbeat (seconds) and connection_timeout (milliseconds); "
        + "other keys below amqp say how it connects again and checks certificates")]
    public static partial void ParametersIgnored(ILogger logger, string names);

    [LoggerMessage(1023, LogLevel.Warning,
        "The broker does not permit this user to declare queue '{Queue}' (configure permission). The node uses the queue as it is, and "
        + "cannot declare it again if it is deleted. If '{Queue}.dead' does not exist either, messages that are set aside are only in "
        + "quarantine.ndjson")]
    public static partial void NotPermittedToDeclare(ILogger logger, string queue);

    [LoggerMessage(1024, LogLevel.Warning,
        "Queue '{Queue}' has delivered a message {Count} times before, because nodes ended or lost their connection before they acked it. "
        + "A quorum queue drops a message at its delivery limit (20 by default from RabbitMQ 4 on): in a policy, set delivery-limit to "
        + "-1, or dead-letter-exchange to '' and dead-letter-routing-key to '{Queue}.dead'")]
    public static partial void OftenDelivered(ILogger logger, string queue, long count);

    [LoggerMessage(1025, LogLevel.Warning,
        "{Connection}: a message is larger than the {Limit} bytes that a connection takes, so it ended ({Reason}). Connecting again with "
        + "a raised limit, and taking one message at a time until this one is set aside")]
    public static partial void SearchBegun(ILogger logger, string connection, uint limit, string reason);

    [LoggerMessage(1026, LogLevel.Information, "{Connection}: connecting again with the usual limit and prefetch")]
    public static partial void SearchEnded(ILogger logger, string connection);

    [LoggerMessage(1027, LogLevel.Warning,
        "Queue '{Queue}' delivered a message of {Length} bytes, which no node reads. To refuse such messages at the broker, set "
        + "max_message_size in rabbitmq.conf")]
    public static partial void LargeMessage(ILogger logger, string queue, int length);

    /// <summary>
    /// Returns the given level for a new reason, and Debug if the reason is the same as the last one, so that a repeated failure is logged
    /// once.
    /// </summary>
    public static LogLevel Once(LogLevel first, string reason, ref string? said)
    {
        var again = said == reason;
        said = reason;
        return again ? LogLevel.Debug : first;
    }
}
