using System.Net.Sockets;
using System.Security.Authentication;
using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>What PostgreSQL's errors mean to whoever runs a node, and what to do.</summary>
internal static class PostgresFaults
{
    /// <summary>Whether it is one that this class has words for.</summary>
    public static bool IsTheServers(Exception fault) => fault is NpgsqlException or SocketException or TimeoutException or IOException and not StoreUnavailableException;

    /// <param name="options">Where it is.</param>
    /// <param name="fault">What went wrong.</param>
    /// <param name="wasLetIn">Whether it worked before. Then who is not let in waits: somebody may be changing a password or a right.</param>
    public static Exception Of(PostgresOptions options, Exception fault, bool wasLetIn) => (fault as PostgresException)?.SqlState switch
    {
        null when IsAboutTrust(fault) => NotLetIn(wasLetIn, $"PostgreSQL at {options} and this node do not trust each other: {Whole(fault)} Mend password, sslmode or sslrootcert in metric.postgres.uri.", fault),
        null => new StoreUnavailableException($"PostgreSQL at {options} is not reachable: {Whole(fault)} Start it, or mend metric.postgres.uri; nothing is lost, and the node goes on by itself when it is there.", fault),
        "28P01" or "28000" => NotLetIn(wasLetIn, $"PostgreSQL at {options} does not let this user in: {Whole(fault)} Mend user and password in metric.postgres.uri, or pg_hba.conf.", fault),
        "3D000" => NotLetIn(wasLetIn, $"PostgreSQL at {options} has no such database: {Whole(fault)} Make it (createdb), or mend metric.postgres.uri.", fault),
        "42501" => NotLetIn(wasLetIn, $"PostgreSQL at {options} does not allow it: {Whole(fault)} Let the user create the schema '{options.Schema}' (GRANT CREATE ON DATABASE), or make it for them; who only reads needs USAGE on it and SELECT on its tables.", fault),
        "25006" => new StoreUnavailableException($"PostgreSQL at {options} is read-only, a standby perhaps: {Whole(fault)} Point metric.postgres.uri at the primary; nothing is lost.", fault),
        "53100" => new StoreUnavailableException($"The disk of PostgreSQL at {options} is full: {Whole(fault)} Free some space; nothing is lost, and the node goes on by itself.", fault),
        var state when state[..2] is "08" or "40" or "53" or "55" or "57" or "58" or "XX" or "25" => new StoreUnavailableException(
            $"PostgreSQL at {options} does not take it now: {Whole(fault)} Nothing is lost, and the node goes on by itself.", fault),
        _ => new StoreUnusableException($"PostgreSQL at {options} refuses: {Whole(fault)} If tables of the schema '{options.Schema}' were changed by hand, put them right; a restart makes missing ones.", fault),
    };

    /// <summary>What a row is that no node writes.</summary>
    /// <param name="schema">Where the tables are.</param>
    /// <param name="key">The row's key.</param>
    public static StoreUnusableException OfRow(string schema, string key) => new(
        $"The row of {key} in the schema '{schema}' was changed by hand: a row of pending has one of y_true and y_pred, a row of ledger has both. Put it right; the node has changed nothing.");

    private static Exception NotLetIn(bool wasLetIn, string message, Exception fault) => wasLetIn
        ? new StoreUnavailableException($"{message} Nothing is lost: the node goes on by itself once the server lets it in; a changed metric.postgres.uri needs a restart.", fault)
        : new StoreUnusableException(message, fault);

    /// <summary>
    /// Tells whether waiting cannot help: the certificate is not trusted, the server does not speak TLS, or it asks for a password and the URI has none. The driver
    /// has no error code for the last two. A handshake that breaks off does not count, because a server or a proxy may be going down.
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

        return innermost is PostgresException postgres ? $"{postgres.MessageText} ({postgres.SqlState})." : innermost.Message.TrimEnd('.') + ".";
    }
}
