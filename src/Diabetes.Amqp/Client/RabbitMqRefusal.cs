using System.Security.Authentication;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Interprets the client's exceptions: finds the reason, and tells whether the broker refused the process or only was not reachable.
/// </summary>
internal static class RabbitMqRefusal
{
    /// <summary>The broker's reply code if a user lacks a permission.</summary>
    public const ushort AccessRefused = 403;
    private const ushort NotAllowed = 530;
    private const ushort InternalError = 541;
    private const string Meanwhile = "the connection was lost meanwhile";

    /// <summary>Returns the error for the operator if waiting does not help; null if it may.</summary>
    private static string? Of(Exception fault, RabbitMqEndpoint endpoint)
    {
        foreach (var one in Chain(fault))
        {
            switch (one)
            {
                case AuthenticationFailureException:
                    return $"RabbitMQ at {endpoint} does not accept user '{endpoint.User}' with this password. "
                        + "Correct amqp.uri, or create the user.";
                case OperationInterruptedException { ShutdownReason.ReplyCode: NotAllowed } refused:
                    return $"RabbitMQ at {endpoint} does not let user '{endpoint.User}' into virtual host '{endpoint.VirtualHost}': "
                        + $"{refused.ShutdownReason.ReplyText}. Correct amqp.uri, or the user's permissions.";
                case OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused } refused:
                    return $"RabbitMQ at {endpoint} does not permit this to user '{endpoint.User}': "
                        + $"{refused.ShutdownReason.ReplyText}. Correct amqp.uri, or the user's permissions.";
                case AuthenticationException when !Chain(fault).Any(IsOfCertificate):
                    return $"The TLS handshake with RabbitMQ at {endpoint} failed: {Reason(fault)}. If this port does not speak TLS, "
                        + "set the port of its TLS listener in amqp.uri (5671 by default), or write amqp:// instead of amqps://.";
                case AuthenticationException untrusted:
                    return $"The TLS certificate of RabbitMQ at {endpoint} is not trusted: {untrusted.Message} "
                        + "Set amqp.tls.ca-file to its certificate authority, or amqp.tls.server-name to the name in the certificate.";
            }
        }

        return null;
    }

    /// <summary>Returns that error as an exception to throw.</summary>
    public static AmqpRefusedException? AsRefused(Exception fault, RabbitMqEndpoint endpoint) =>
        fault as AmqpRefusedException ?? (Of(fault, endpoint) is { } refusal ? new AmqpRefusedException(refusal, fault) : null);

    /// <summary>Returns the reply code with which the broker closed a channel or connection; null if it was not the broker.</summary>
    public static ushort? Code(Exception fault) =>
        Chain(fault).OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason?.ReplyCode;

    /// <summary>
    /// Returns the text with which the broker closed a channel or connection, without what the client adds to it; otherwise the same as
    /// <see cref="Reason(Exception)"/>.
    /// </summary>
    public static string Words(Exception fault) =>
        Chain(fault).OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason?.ReplyText ?? Reason(fault);

    /// <summary>Tells whether RabbitMQ 4.3 or later closed the connection because it allows no transient queues.</summary>
    public static bool IsOfTransientQueues(ushort? code, string reason) =>
        code == InternalError && reason.Contains("transient_nonexcl_queues", StringComparison.Ordinal);

    /// <summary>Returns the innermost reason, in one line and without a full stop.</summary>
    public static string Reason(Exception fault) => Chain(fault).Last() switch
    {
        // The client looks a channel up that it has forgotten with the connection, or uses a part of it that it has closed.
        KeyNotFoundException or ObjectDisposedException => Meanwhile,
        var last => InALine(last.Message),
    };

    /// <summary>Returns why a channel or connection ended, in one line and without a full stop.</summary>
    public static string Reason(ShutdownEventArgs shutdown) =>
        shutdown.Exception is { } fault && Chain(fault).Last() is KeyNotFoundException ? Meanwhile : InALine(shutdown.ReplyText);

    private static bool IsOfCertificate(Exception fault) => fault.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    private static string InALine(string reason) => reason.ReplaceLineEndings(" ").TrimEnd('.');

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (var one = fault;
            one is not null;
            one = one is AggregateException { InnerExceptions: [.., var last] } ? last : one.InnerException)
        {
            yield return one;
        }
    }
}
