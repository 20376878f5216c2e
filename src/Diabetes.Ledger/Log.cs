using Diabetes.Ledger.Postgres;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger;

/// <summary>Logs what the stores and the ledger do. Event ids 9000 to 9999.</summary>
internal static partial class Log
{
    [LoggerMessage(9020, LogLevel.Information, "Began the file '{Path}'")]
    public static partial void LedgerBegun(ILogger logger, string path);

    [LoggerMessage(9022, LogLevel.Warning, "Cut off {Count} bytes at the end of '{Path}': " +
        "an incomplete row behind the last one that this store committed. Another program wrote it, or the store is an older copy than " +
        "the file. If its id is still wanted, send its messages again. The bytes, in hex: {Bytes}")]
    public static partial void TornRow(ILogger logger, string path, long count, string bytes);

    [LoggerMessage(9025, LogLevel.Warning, "The file '{Path}' was moved, deleted or emptied. It and its closed segments had {Rows} rows. " +
        "New rows go to a new file. If you still want the old one, put it elsewhere: the store knows its ids")]
    public static partial void LedgerGone(ILogger logger, string path, long rows);

    [LoggerMessage(9045, LogLevel.Warning, "If a program such as logrotate took the file, name it '{Segment}': then `diabetes verify` " +
        "finds its rows. metric.ledger.rotate-size and rotate-every rotate the ledger without such a program")]
    public static partial void LedgerTaken(ILogger logger, string segment);

    [LoggerMessage(9026, LogLevel.Warning, "What was cut off '{Path}' has more than one line and is kept in '{Kept}'. " +
        "Look there for a quote that is never closed")]
    public static partial void TornRowsKept(ILogger logger, string path, string kept);

    [LoggerMessage(9030, LogLevel.Information, "Opened store '{Path}' on SQLite {Version}: " +
        "{Rows} rows in the ledger, {Late} late joins, {Pending} halves pending, {Orphaned} orphaned")]
    public static partial void StoreOpened(ILogger logger, string path, string version, long rows, long late, long pending, long orphaned);

    [LoggerMessage(9031, LogLevel.Error, "Could not write {Count} bytes to '{Path}': " +
        "{Reason} They are committed in the store and are written before the next batch")]
    public static partial void WriteDelayed(ILogger logger, string path, int count, string reason);

    [LoggerMessage(9032, LogLevel.Warning, "Indexed {Rows} rows of '{Path}' that the store did not know")]
    public static partial void RowsAdopted(ILogger logger, string path, long rows);

    [LoggerMessage(9033, LogLevel.Error, "Could not write all rows of store '{Path}' to its files: {Reason} The next start writes them")]
    public static partial void StoreNotClosedCleanly(ILogger logger, string path, string reason);

    [LoggerMessage(9034, LogLevel.Information, "Closed the ledger '{Path}' and renamed it to '{Closed}'. New rows go to a new '{Path}'")]
    public static partial void LedgerRotated(ILogger logger, string path, string closed);

    [LoggerMessage(9040, LogLevel.Information, "Opened the store in PostgreSQL {Version} at {Server}")]
    public static partial void PostgresOpened(ILogger logger, PostgresOptions server, string version);

    [LoggerMessage(EventId = 9041, Message = "{Reason} Asking again until it answers, at least every {Seconds} s")]
    public static partial void PostgresWaiting(ILogger logger, LogLevel level, string reason, double seconds);

    [LoggerMessage(9042, LogLevel.Warning, "The connection to PostgreSQL at {Server} broke during a commit ({Reason}). " +
        "Asking the server whether it was committed")]
    public static partial void CommitInDoubt(ILogger logger, PostgresOptions server, string reason);

    [LoggerMessage(9044, LogLevel.Warning, "The certificate of PostgreSQL at {Server} is not checked in full (sslmode={Mode}): " +
        "somebody in the network may read and change what is sent. Take sslmode out of metric.postgres.uri, " +
        "and name the authority with sslrootcert=FILE if it is not one of the system's")]
    public static partial void PostgresUnchecked(ILogger logger, PostgresOptions server, string mode);

    [LoggerMessage(9043, LogLevel.Information, "PostgreSQL at {Server} answers again")]
    public static partial void PostgresBack(ILogger logger, PostgresOptions server);

    /// <summary>
    /// Gives the level for a message that may repeat: the first time <paramref name="first"/>, and Debug while the reason stays the same.
    /// </summary>
    public static LogLevel Once(LogLevel first, string reason, ref string? last)
    {
        var again = last == reason;
        last = reason;
        return again ? LogLevel.Debug : first;
    }
}
