using Diabetes.Ledger.Postgres;
using Microsoft.Extensions.Logging;

namespace Diabetes.Ledger;

/// <summary>What the stores and the ledger say. Event ids 9000 to 9999.</summary>
internal static partial class Log
{
    [LoggerMessage(9020, LogLevel.Information, "Ledger '{Path}' begun")]
    public static partial void LedgerBegun(ILogger logger, string path);

    [LoggerMessage(9022, LogLevel.Warning, "Ledger '{Path}': cut off {Count} bytes of a torn last row behind the last one that this store committed. Another program wrote it, or the store is an older copy than the file; look whether its id is still wanted. The bytes, in hex: {Bytes}")]
    public static partial void TornRow(ILogger logger, string path, long count, string bytes);

    [LoggerMessage(9025, LogLevel.Warning, "Ledger '{Path}' was taken away or emptied while in use; it had {Rows} rows. The node goes on with the rows that are there now")]
    public static partial void LedgerGone(ILogger logger, string path, long rows);

    [LoggerMessage(9026, LogLevel.Warning, "Ledger '{Path}': what was cut off has line ends in it and is kept in '{Kept}'; look for a quote that is never closed")]
    public static partial void TornRowsKept(ILogger logger, string path, string kept);

    [LoggerMessage(9030, LogLevel.Information, "Store '{Path}' opened on SQLite {Version}: {Rows} rows in the ledger, {Late} late, {Pending} halves pending, {Orphaned} orphaned")]
    public static partial void StoreOpened(ILogger logger, string path, string version, long rows, long late, long pending, long orphaned);

    [LoggerMessage(9031, LogLevel.Error, "'{Path}': {Count} bytes are committed but not written yet: {Reason} The next batch begins with them")]
    public static partial void WriteDelayed(ILogger logger, string path, int count, string reason);

    [LoggerMessage(9032, LogLevel.Warning, "Ledger '{Path}' has {Rows} rows that the index did not know; indexed them")]
    public static partial void RowsAdopted(ILogger logger, string path, long rows);

    [LoggerMessage(9033, LogLevel.Error, "Store '{Path}' was not closed cleanly: {Reason} The next start makes up for it")]
    public static partial void StoreNotClosedCleanly(ILogger logger, string path, string reason);

    [LoggerMessage(9034, LogLevel.Information, "Ledger '{Path}' is full: it is '{Closed}' from now on, and another is begun")]
    public static partial void LedgerRotated(ILogger logger, string path, string closed);

    [LoggerMessage(9040, LogLevel.Information, "Store in PostgreSQL {Version} at {Server} opened")]
    public static partial void PostgresOpened(ILogger logger, PostgresOptions server, string version);

    [LoggerMessage(EventId = 9041, Message = "{Reason} Asking again until it answers, at least every {Longest}")]
    public static partial void PostgresWaiting(ILogger logger, LogLevel level, string reason, TimeSpan longest);

    [LoggerMessage(9042, LogLevel.Warning, "PostgreSQL at {Server}: the connection broke during a commit ({Reason}); asking whether it was committed")]
    public static partial void CommitInDoubt(ILogger logger, PostgresOptions server, string reason);

    [LoggerMessage(9043, LogLevel.Information, "PostgreSQL at {Server} answers again")]
    public static partial void PostgresBack(ILogger logger, PostgresOptions server);

    /// <summary>What is tried again and again is said once for each reason, and after that for the curious only.</summary>
    public static LogLevel Once(LogLevel first, string reason, ref string? said)
    {
        var again = said == reason;
        said = reason;
        return again ? LogLevel.Debug : first;
    }
}
