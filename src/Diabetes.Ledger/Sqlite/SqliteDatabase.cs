using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Holds one connection to one SQLite file, for one owner.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long to wait for another program's lock.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteDatabase(string path, SqliteConnection connection) => (Path, _connection) = (path, connection);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The version of SQLite itself: major, minor, patch.</summary>
    public string Version => _connection.ServerVersion;

    private sqlite3 Handle => _connection.Handle!;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file. It is created if it is missing and <paramref name="readOnly"/> is false.</param>
    /// <param name="readOnly">Whether it is only read, beside its owner.</param>
    public static SqliteDatabase Open(string path, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        var database = new SqliteDatabase(path, connection);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(database.Handle, (int)Patience.TotalMilliseconds);
            return database;
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw SqliteFaults.Of(path, fault.SqliteExtendedErrorCode, fault.Message);
        }
    }

    /// <summary>Runs one or more statements once.</summary>
    public void Execute(string sql)
    {
        if (raw.sqlite3_exec(Handle, sql) is var code && code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    /// <summary>Reads one number.</summary>
    public long Scalar(string sql)
    {
        using var statement = Compile(sql);
        return statement.Scalar();
    }

    /// <summary>Compiles a statement that is used once; the caller owns it.</summary>
    public SqliteStatement Compile(string sql) => new(this, Compile(sql, 0));

    /// <summary>Compiles a statement that is used many times; the database owns it.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(this, Compile(sql, raw.SQLITE_PREPARE_PERSISTENT));
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Called before each step of a transaction; a test throws from it.</summary>
    public Action<string> Step { get; set; } = static _ => { };

    /// <inheritdoc cref="Transact{T}"/>
    public void Transact(Action action) => Transact(() =>
    {
        action();
        return true;
    });

    /// <summary>Runs the action in one transaction, which keeps other programs from writing and rolls back if the action throws.</summary>
    public T Transact<T>(Func<T> action)
    {
        Step("begin");
        Execute("BEGIN IMMEDIATE");
        T result;
        try
        {
            result = action();
            Step("commit");
            Execute("COMMIT");
        }
        catch
        {
            Rollback();
            throw;
        }

        Step("committed");
        return result;
    }

    public Exception Fault(int code)
    {
        var extended = raw.sqlite3_extended_errcode(Handle);
        return SqliteFaults.Of(Path, extended != 0 ? extended : code, raw.sqlite3_errmsg(Handle).utf8_to_string());
    }

    public void Dispose()
    {
        _statements.ForEach(static statement => statement.Dispose());
        _connection.Dispose();
    }

    private sqlite3_stmt Compile(string sql, uint flags)
    {
        var code = raw.sqlite3_prepare_v3(Handle, sql, flags, out var statement);
        return code == raw.SQLITE_OK ? statement : throw Fault(code);
    }

    private void Rollback()
    {
        _statements.ForEach(static statement => statement.Reset());

        // After some faults, such as a full disk, SQLite has rolled back by itself.
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            _ = raw.sqlite3_exec(Handle, "ROLLBACK");
        }
    }
}
