using System.Globalization;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Creates the tables of a store and sets up SQLite for them.</summary>
internal static class SqliteSchema
{
    // "DIAB": tells a store from another program's file.
    private const long Application = 0x44494142;
    private const long Version = 2;

    /// <summary>
    /// Uses a write-ahead log and an fsync at every commit: what is committed survives a power cut. The log may grow to 16 MiB before it is
    /// merged, so that merges are few; a start then takes some tens of milliseconds longer.
    /// </summary>
    private const string Pragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        """;

    /// <summary>
    /// Keeps all stages of a pair in one table: a key is one look-up, and a pair that completes changes in place. "id" is null if it is
    /// the key's own text. The values have no declared type, or SQLite would keep -0.0 as 0. Stage 5 is an alias: another key that a joined
    /// row may have (see RowAdoption).
    /// </summary>
    private static readonly string Tables = string.Create(CultureInfo.InvariantCulture, $"""
        BEGIN IMMEDIATE;
        CREATE TABLE pairs (
            key TEXT PRIMARY KEY, stage INTEGER NOT NULL, id TEXT, model TEXT, y_true, y_pred, since INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX waiting ON pairs (since) WHERE stage = 1;
        CREATE TABLE counts (
            side TEXT PRIMARY KEY, received INTEGER NOT NULL, joined INTEGER NOT NULL, pending INTEGER NOT NULL,
            orphaned INTEGER NOT NULL, duplicates INTEGER NOT NULL, quarantined INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO counts VALUES ('y_true', 0, 0, 0, 0, 0, 0), ('y_pred', 0, 0, 0, 0, 0, 0);
        CREATE TABLE files (
            name TEXT PRIMARY KEY, synced INTEGER NOT NULL, length INTEGER NOT NULL, rows INTEGER NOT NULL,
            segment INTEGER NOT NULL, day INTEGER NOT NULL, closing INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO files VALUES ('ledger', 0, 0, 0, 0, 0, 0), ('late', 0, 0, 0, 0, 0, 0), ('orphans', 0, 0, 0, 0, 0, 0);
        CREATE TABLE redo (file TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (file, position));
        PRAGMA application_id = {Application};
        PRAGMA user_version = {Version};
        COMMIT;
        """);

    /// <summary>Columns that were added to "files" since format 1; some builds of format 1 have the first two.</summary>
    private static readonly string[] Added = ["segment", "day", "closing"];

    /// <summary>Checks a store that is only read.</summary>
    /// <exception cref="StoreUnusableException">The file is another program's, or has another format.</exception>
    public static void ThrowUnlessOurs(SqliteDatabase database, string path)
    {
        if (database.Scalar("PRAGMA application_id") != Application)
        {
            throw new StoreUnusableException($"'{path}' is a SQLite file, but not one of this system. " +
                $"Name the folder of the metric node with --logs DIR.");
        }

        var version = database.Scalar("PRAGMA user_version");
        ThrowIfLater(version, path);
        if (version < Version)
        {
            throw new StoreUnusableException(
                $"'{path}' was written by an earlier version of this system (format {version}; this version knows {Version}). " +
                $"Start the metric node once: it upgrades the file and loses nothing.");
        }
    }

    /// <summary>Sets up the connection, and creates the tables in an empty file.</summary>
    /// <returns>Whether the file was empty.</returns>
    /// <exception cref="StoreUnusableException">The file is another program's, or has a later format.</exception>
    public static bool Prepare(SqliteDatabase database, string path)
    {
        var (application, version) = (database.Scalar("PRAGMA application_id"), database.Scalar("PRAGMA user_version"));
        var isNew = application == 0 && database.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != Application)
        {
            throw new StoreUnusableException(
                $"'{path}' is a SQLite file, but not one of this system. Move it away, or give this node another logs.path; " +
                $"`diabetes verify --repair` then builds a new one from the ledger.");
        }

        ThrowIfLater(version, path);
        database.Execute(Pragmas);
        if (isNew)
        {
            database.Execute(Tables);
        }
        else if (version < Version)
        {
            Upgrade(database);
        }

        return isNew;
    }

    private static void ThrowIfLater(long version, string path)
    {
        if (version > Version)
        {
            throw new StoreUnusableException($"'{path}' was written by a later version of this system (format {version}; " +
                $"this version knows {Version}). Run that version.");
        }
    }

    private static void Upgrade(SqliteDatabase database) => database.Transact(() =>
    {
        foreach (var column in Added.Where(column =>
            database.Scalar($"SELECT count(*) FROM pragma_table_info('files') WHERE name = '{column}'") == 0))
        {
            database.Execute($"ALTER TABLE files ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0");
        }

        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
    });
}
