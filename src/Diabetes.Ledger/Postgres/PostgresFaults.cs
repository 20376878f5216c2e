using System.Net.Sockets;
using System.Security.Authentication;
using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Turns PostgreSQL's errors into exceptions that tell an operator what to do.</summary>
internal static class PostgresFaults
{
    /// <summary>Tells whether this class explains the error.</summary>
    public static bool IsTheServers(Exception fault) =>
        fault is NpgsqlException or SocketException or TimeoutException or IOException and not StoreUnavailableException;

    /// <summary>Makes the exception.</summary>
    /// <param name="options">The server.</param>
    /// <param name="fault">What went wrong.</param>
    /// <param name="hasWorked">
    /// Whether an action has worked before. If so, a refused login means waiting: somebody may be changing a password or a right.
    /// </param>
    public static Exception Of(PostgresOptions options, Exception fault, bool hasWorked) => (fault as PostgresException)?.SqlState switch
    {
        null when IsAboutTrust(fault) => Refused(hasWorked, $"PostgreSQL at {options} and this node do not trust each other: " +
            $"{Whole(fault)} Correct password, sslmode or sslrootcert in metric.postgres.uri.", fault),
        null => new StoreUnavailableException($"PostgreSQL at {options} is not reachable: " +
            $"{Whole(fault)} Start it, or correct metric.postgres.uri and restart. Nothing is lost, and the node tries again.", fault),
        "28P01" or "28000" => Refused(hasWorked, $"PostgreSQL at {options} does not let this user in: " +
            $"{Whole(fault)} Correct user and password in metric.postgres.uri, or pg_hba.conf.", fault),
        "3D000" => Refused(hasWorked, $"PostgreSQL at {options} has no such database: " +
            $"{Whole(fault)} Create it (createdb), or correct metric.postgres.uri.", fault),
        "42501" => Refused(hasWorked, $"PostgreSQL at {options} does not allow it: " +
            $"{Whole(fault)} Let the user create the schema '{options.Schema}' (GRANT CREATE ON DATABASE), or create it for them. " +
            $"A user who only reads needs USAGE on it and SELECT on its tables.", fault),
        "25006" => new StoreUnavailableException($"PostgreSQL at {options} is read-only; perhaps it is a standby: " +
            $"{Whole(fault)} Promote it, or point metric.postgres.uri at the primary and restart. Nothing is lost.", fault),
        "53100" => new StoreUnavailableException($"The disk of PostgreSQL at {options} is full: {Whole(fault)} Free some space; " +
            $"nothing is lost, and the node tries again by itself.", fault),
        var state when state[..2] is "08" or "40" or "53" or "55" or "57" or "58" or "XX" or "25" => new StoreUnavailableException(
            $"PostgreSQL at {options} cannot commit now: {Whole(fault)} Nothing is lost, and the node tries again by itself.", fault),
        _ => new StoreUnusableException($"PostgreSQL at {options} refuses: {Whole(fault)} If tables of the schema '{options.Schema}' " +
            $"were changed by hand, correct them; a restart creates missing ones.", fault),
    };

    /// <summary>Makes the exception for a row that no node writes.</summary>
    /// <param name="schema">Schema of the tables.</param>
    /// <param name="key">Key of the row.</param>
    public static StoreUnusableException OfRow(string schema, string key) => new(
        $"The row of {key} in the schema '{schema}' was changed by hand: a row of pending has one of y_true and y_pred, a row of ledger " +
        $"has both. Correct it; the node has changed nothing.");

    private static Exception Refused(bool hasWorked, string message, Exception fault) => hasWorked
        ? new StoreUnavailableException($"{message} Nothing is lost, and the node tries again by itself; " +
            $"a changed metric.postgres.uri needs a restart.", fault)
        : new StoreUnusableException(message, fault);

    /// <summary>
    /// Tells whether waiting cannot help: the certificate is not trusted, the server does not speak TLS, or it asks for a password and the
    /// URI has none. The driver has no error code for the last two. A handshake that breaks off does not count, because a server or a proxy
    /// may be going down.
    /// </summary>
    private static bool IsAboutTrust(Exception fault) =>
        fault.GetBaseException() is AuthenticationException
        || fault.Message.StartsWith("SSL connection requested.", StringComparison.Ordinal)
        || fault.Message.StartsWith("No password", StringComparison.Ordinal);

    private static string Whole(Exception fault)
    {
        var innermost = fault;
        while (innermost is not PostgresException && innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost is PostgresException postgres
            ? $"{postgres.MessageText} ({postgres.SqlState})." : innermost.Message.TrimEnd('.') + ".";
    }
}
