using System.Security.Authentication;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Amqp.Client;

/// <summary>Reads the client's exceptions: what they come down to, and whether the broker refused us or was only not there.</summary>
internal static class RabbitMqRefusal
{
    private const ushort AccessRefused = 403;
    private const ushort NotAllowed = 530;
    private const ushort InternalError = 541;

    /// <summary>What to tell the operator, if waiting will not help; null if it may.</summary>
    private static string? Of(Exception fault, RabbitMqEndpoint endpoint)
    {
        foreach (var one in Chain(fault))
        {
            switch (one)
            {
                case AuthenticationFailureException:
                    return $"RabbitMQ at {endpoint} does not accept user '{endpoint.User}' with this password. Correct amqp.uri, or give the user to the broker.";
                case OperationInterruptedException { ShutdownReason.ReplyCode: NotAllowed } refused:
                    return $"RabbitMQ at {endpoint} does not let user '{endpoint.User}' into virtual host '{endpoint.VirtualHost}': {refused.ShutdownReason.ReplyText}. Correct amqp.uri, or the user's permissions.";
                case OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused } refused:
                    return $"RabbitMQ at {endpoint} does not permit this to user '{endpoint.User}': {refused.ShutdownReason.ReplyText}. Correct amqp.uri, or the user's permissions.";
                case AuthenticationException untrusted:
                    return $"The TLS certificate of RabbitMQ at {endpoint} is not trusted: {untrusted.Message} Name its authority in amqp.tls.ca-file, or the name it carries in amqp.tls.server-name.";
            }
        }

        return null;
    }

    /// <summary>The same as the exception to throw.</summary>
    public static AmqpRefusedException? AsRefused(Exception fault, RabbitMqEndpoint endpoint) =>
        fault as AmqpRefusedException ?? (Of(fault, endpoint) is { } refusal ? new AmqpRefusedException(refusal, fault) : null);

    /// <summary>The broker's code for what it closed a channel or connection with; null if it was not the broker.</summary>
    public static ushort? Code(Exception fault) => Chain(fault).OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason?.ReplyCode;

    /// <summary>What the broker said when it closed a channel or connection, without the client's frame around it; else as <see cref="Reason(Exception)"/>.</summary>
    public static string Words(Exception fault) =>
        Chain(fault).OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason?.ReplyText ?? Reason(fault);

    /// <summary>Whether this is how a RabbitMQ from 4.3 on says that it has no transient queues. It closes the connection with it.</summary>
    public static bool IsOfTransientQueues(ushort? code, string reason) =>
        code == InternalError && reason.Contains("transient_nonexcl_queues", StringComparison.Ordinal);

    /// <summary>The innermost reason, in a line and without a full stop.</summary>
    public static string Reason(Exception fault) => InALine(Chain(fault).Last().Message);

    /// <summary>Why a channel or connection ended, in a line and without a full stop.</summary>
    public static string Reason(ShutdownEventArgs shutdown) => InALine(shutdown.ReplyText);

    private static string InALine(string reason) => reason.ReplaceLineEndings(" ").TrimEnd('.');

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (var one = fault; one is not null; one = one is AggregateException { InnerExceptions: [.., var last] } ? last : one.InnerException)
        {
            yield return one;
        }
    }
}
