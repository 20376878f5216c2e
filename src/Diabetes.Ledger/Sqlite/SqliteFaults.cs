using Diabetes.Ledger.Joins;
using SQLitePCL;

namespace Diabetes.Ledger.Sqlite;

/// <summary>What SQLite's result codes mean to whoever runs a node, and what to do.</summary>
internal static class SqliteFaults
{
    private const string Repair =
        "Stop the node, keep a copy of the folder, and run `diabetes verify --repair`: it keeps a copy and builds the index anew from the ledger.";

    /// <param name="path">The database.</param>
    /// <param name="code">Result code, extended or not.</param>
    /// <param name="said">SQLite's own words.</param>
    public static Exception Of(string path, int code, string said) => (code & 0xFF) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreUnavailableException(
            $"The store '{path}' is locked by another program ({said}). Close what has it open for writing (a database browser, a backup); until then nothing is committed."),
        raw.SQLITE_FULL => new StoreUnavailableException(
            $"The disk of the store '{path}' is full ({said}). Free some space; nothing is lost, and the node goes on by itself."),
        raw.SQLITE_IOERR => new StoreUnavailableException(
            $"The disk refuses the store '{path}' ({said}, code {code}). Look at the disk's space and health; nothing is lost, and the node goes on by itself when it takes data again."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => new StoreUnavailableException(
            $"The store '{path}' cannot be written ({said}). Give this node the right to write into that folder, or another logs.path."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreUnusableException(
            $"The store '{path}' is damaged or no SQLite file ({said}). {Repair}"),
        _ => new StoreUnusableException($"The store '{path}' failed in a way that was not foreseen: {said} (SQLite code {code})."),
    };

    /// <summary>What a row of the index is that no node writes.</summary>
    /// <param name="path">The database.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="stage">The row's stage, which its values do not fit.</param>
    public static StoreUnusableException OfRow(string path, string key, long stage) => new(
        $"The store '{path}' is damaged: its row of {key} has stage {stage} and values that do not fit it. {Repair}");
}
