using Diabetes.Amqp.Client;
using Microsoft.Extensions.Logging;

namespace Diabetes.Amqp;

/// <summary>What the connection to the broker says. Event ids 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "{Connection}: connected to RabbitMQ at {Endpoint} (try {Attempt})")]
    public static partial void Connected(ILogger logger, string connection, RabbitMqEndpoint endpoint, int attempt);

    [LoggerMessage(1001, LogLevel.Warning, "{Connection}: waiting for RabbitMQ at {Endpoint}: {Reason}. Trying again until it is there, at least every {Longest}")]
    public static partial void Waiting(ILogger logger, string connection, RabbitMqEndpoint endpoint, string reason, TimeSpan longest);

    [LoggerMessage(1002, LogLevel.Debug, "{Connection}: still waiting for RabbitMQ at {Endpoint} (try {Attempt}): {Reason}")]
    public static partial void StillWaiting(ILogger logger, string connection, RabbitMqEndpoint endpoint, int attempt, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "{Connection}: lost RabbitMQ at {Endpoint}: {Reason}")]
    public static partial void Lost(ILogger logger, string connection, RabbitMqEndpoint endpoint, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "{Connection}: RabbitMQ at {Endpoint} takes no messages for now: {Reason}. Publishers wait; free memory or disk on the broker's machine")]
    public static partial void Blocked(ILogger logger, string connection, RabbitMqEndpoint endpoint, string reason);

    [LoggerMessage(1005, LogLevel.Information, "{Connection}: RabbitMQ at {Endpoint} takes messages again")]
    public static partial void Unblocked(ILogger logger, string connection, RabbitMqEndpoint endpoint);

    [LoggerMessage(1006, LogLevel.Debug, "Queue '{Queue}' is there ({Messages} messages, {Consumers} consumers) and used as it is")]
    public static partial void QueueFound(ILogger logger, string queue, uint messages, uint consumers);

    [LoggerMessage(1007, LogLevel.Information, "Queue '{Queue}' was not there: declared it, {Durability}")]
    public static partial void QueueDeclared(ILogger logger, string queue, string durability);

    [LoggerMessage(EventId = 1008, Message = "Queue '{Queue}' cannot be used now: {Reason}. Trying again")]
    public static partial void ChannelFailed(ILogger logger, LogLevel level, string queue, string reason);

    [LoggerMessage(1009, LogLevel.Information, "Subscription to '{Queue}' lost: {Reason}. Subscribing again; what was not settled comes again")]
    public static partial void SubscriptionLost(ILogger logger, string queue, string reason);

    [LoggerMessage(EventId = 1010, Message = "Publishing to '{Queue}' interrupted: {Reason}")]
    public static partial void PublishingInterrupted(ILogger logger, LogLevel level, string queue, string reason);

    [LoggerMessage(1011, LogLevel.Information, "Sending {Count} messages to '{Queue}' again that the broker had not confirmed")]
    public static partial void SendingAgain(ILogger logger, string queue, int count);

    [LoggerMessage(1012, LogLevel.Warning, "Publisher to '{Queue}' closed with {Count} messages unconfirmed; the broker may or may not have them")]
    public static partial void GivenUp(ILogger logger, string queue, int count);

    [LoggerMessage(1013, LogLevel.Error, "The receiver of '{Queue}' failed on delivery {Tag}; it stays unsettled and comes again when the subscription ends")]
    public static partial void ReceiverFailed(ILogger logger, string queue, ulong tag, Exception fault);

    [LoggerMessage(1015, LogLevel.Debug, "{What} was not closed cleanly: {Reason}")]
    public static partial void NotClosedCleanly(ILogger logger, string what, string reason);

    [LoggerMessage(1016, LogLevel.Error, "A handler of the channel on '{Queue}' failed; this is a fault of the node's own")]
    public static partial void HandlerFailed(ILogger logger, string queue, Exception fault);

    [LoggerMessage(EventId = 1017, Message = "Queue '{Queue}' is there and used as it is, but differs from the configuration: {Difference}. {Advice}")]
    public static partial void QueueDiffers(ILogger logger, LogLevel level, string queue, string difference, string advice);

    [LoggerMessage(1018, LogLevel.Warning, "Queue '{Queue}' has {Consumers} consumers already, which take their share of its messages. Right for nodes of one kind (metric nodes on one store); anything else takes messages away from this node: stop it, or give it a queue of its own")]
    public static partial void OthersConsume(ILogger logger, string queue, uint consumers);

    [LoggerMessage(1019, LogLevel.Warning, "This RabbitMQ takes no transient queues, so '{Queue}' is declared durable. Set its queues.*.durable = true to say so, or, for other services that declare it transient, deprecated_features.permit.transient_nonexcl_queues = true in rabbitmq.conf")]
    public static partial void NoTransientQueues(ILogger logger, string queue);

    [LoggerMessage(1020, LogLevel.Debug, "Queue '{Queue}' could not be compared with the configuration: {Reason}")]
    public static partial void NotCompared(ILogger logger, string queue, string reason);

    [LoggerMessage(1021, LogLevel.Information, "Consuming {Queue}, at most {Prefetch} unsettled")]
    public static partial void Consuming(ILogger logger, string queue, int prefetch);

    /// <summary>What is tried again and again is said once for each reason, and after that for the curious only.</summary>
    public static LogLevel Once(LogLevel first, string reason, ref string? said)
    {
        var again = said == reason;
        said = reason;
        return again ? LogLevel.Debug : first;
    }
}
