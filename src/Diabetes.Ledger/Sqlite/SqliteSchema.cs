using System.Globalization;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>The tables of a store, and how SQLite is to treat them.</summary>
internal static class SqliteSchema
{
    // "DIAB", so that a file of another program is told from an empty one of ours.
    private const long Application = 0x44494142;
    private const long Version = 2;

    /// <summary>
    /// WAL with a sync at every commit: what is committed survives a power cut. The write-ahead log may grow to 16 MiB before it is merged, which
    /// batches the merging and costs a start some tens of milliseconds.
    /// </summary>
    private const string Pragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        """;

    /// <summary>
    /// One table for all stages of a pair: what is known of a key is one look-up, and a pair that completes changes in place. "id" is null where it is
    /// the key's own text. The values have no declared type, or SQLite would keep -0.0 as 0. Stage 5 is another key that a joined row may have had (see Adoption).
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
            name TEXT PRIMARY KEY, synced INTEGER NOT NULL, length INTEGER NOT NULL, rows INTEGER NOT NULL, segment INTEGER NOT NULL, day INTEGER NOT NULL,
            closing INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO files VALUES ('ledger', 0, 0, 0, 0, 0, 0), ('late', 0, 0, 0, 0, 0, 0), ('orphans', 0, 0, 0, 0, 0, 0);
        CREATE TABLE redo (file TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (file, position));
        PRAGMA application_id = {Application};
        PRAGMA user_version = {Version};
        COMMIT;
        """);

    /// <summary>Columns that "files" has got since format 1, which had the first two in some builds already.</summary>
    private static readonly string[] Added = ["segment", "day", "closing"];

    /// <summary>For whoever only looks.</summary>
    /// <exception cref="StoreUnusableException">The file is another program's, or of another version.</exception>
    public static void ThrowUnlessOurs(SqliteDatabase database, string path)
    {
        if (database.Scalar("PRAGMA application_id") != Application)
        {
            throw new StoreUnusableException($"'{path}' is a SQLite file, but not one of this system. Name the folder of the metric node with --logs DIR.");
        }

        var version = database.Scalar("PRAGMA user_version");
        ThrowIfLater(version, path);
        if (version < Version)
        {
            throw new StoreUnusableException(
                $"'{path}' was written by an earlier version of this system (format {version}, this one knows {Version}). Start the metric node once: it brings the file to the new format and loses nothing.");
        }
    }

    /// <summary>Sets the connection up, and makes the tables in an empty file.</summary>
    /// <returns>Whether the file was empty.</returns>
    /// <exception cref="StoreUnusableException">The file is another program's, or of a later version.</exception>
    public static bool Prepare(SqliteDatabase database, string path)
    {
        var (application, version) = (database.Scalar("PRAGMA application_id"), database.Scalar("PRAGMA user_version"));
        var isNew = application == 0 && database.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != Application)
        {
            throw new StoreUnusableException(
                $"'{path}' is a SQLite file, but not one of this system. Move it away, or give this node another logs.path; `diabetes verify --repair` then builds a new one from the ledger.");
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
            throw new StoreUnusableException($"'{path}' was written by a later version of this system (format {version}, this one knows {Version}). Run that version.");
        }
    }

    private static void Upgrade(SqliteDatabase database) => database.Transact(() =>
    {
        foreach (var column in Added.Where(column => database.Scalar($"SELECT count(*) FROM pragma_table_info('files') WHERE name = '{column}'") == 0))
        {
            database.Execute($"ALTER TABLE files ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0");
        }

        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
    });
}
