using Diabetes.Ledger.Joins;
using SQLitePCL;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Turns SQLite's result codes into exceptions that tell an operator what to do.</summary>
internal static class SqliteFaults
{
    private const string Repair =
        "Stop the node, keep a copy of the folder, and run `diabetes verify --repair`: " +
        "it keeps a copy and builds the index anew from the ledger.";

    /// <summary>Makes the exception for a result code.</summary>
    /// <param name="path">The database.</param>
    /// <param name="code">Result code, extended or not.</param>
    /// <param name="message">SQLite's own message.</param>
    public static Exception Of(string path, int code, string message) => (code & 0xFF) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreUnavailableException(
            $"The store '{path}' is locked by another program ({message}). Close that program (a database browser, a backup); " +
            $"until then nothing is committed."),
        raw.SQLITE_FULL => new StoreUnavailableException(
            $"The disk of the store '{path}' is full ({message}). Free some space. Nothing is lost, and the node tries again by itself."),
        raw.SQLITE_IOERR => new StoreUnavailableException(
            $"The disk refuses the store '{path}' ({message}, code {code}). Check the disk's space and health. " +
            $"Nothing is lost, and the node tries again by itself."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => new StoreUnavailableException(
            $"The store '{path}' cannot be written ({message}). Give this node the right to write to that folder, or another logs.path."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreUnusableException(
            $"The store '{path}' is damaged or not a SQLite file ({message}). {Repair}"),
        _ => new StoreUnusableException($"The store '{path}' failed in an unexpected way: {message} (SQLite code {code}). " +
            $"Restart the node; if it fails again, report this line."),
    };

    /// <summary>Makes the exception for a row of the index that no node writes.</summary>
    /// <param name="path">The database.</param>
    /// <param name="key">Key of the row.</param>
    /// <param name="stage">The row's stage, which does not fit its values.</param>
    public static StoreUnusableException OfRow(string path, string key, long stage) => new(
        $"The store '{path}' is damaged: its row of {key} has stage {stage} and values that do not fit it. {Repair}");
}
