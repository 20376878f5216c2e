using System.Text;
using SQLitePCL;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Runs a prepared statement, directly on SQLite's library: the parameters of ADO.NET cost more than SQLite's own work when there is one
/// statement for each half. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    private byte[] _text = new byte[512];

    /// <summary>Binds text as UTF-8, or NULL. Parameters count from 1.</summary>
    public SqliteStatement Text(int parameter, string? value)
    {
        if (value is null)
        {
            return Null(parameter);
        }

        if (_text.Length < Encoding.UTF8.GetMaxByteCount(value.Length))
        {
            _text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        }

        Check(raw.sqlite3_bind_text(statement, parameter, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text))));
        return this;
    }

    public SqliteStatement Integer(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public SqliteStatement Real(int parameter, double? value)
    {
        if (value is null)
        {
            return Null(parameter);
        }

        Check(raw.sqlite3_bind_double(statement, parameter, value.Value));
        return this;
    }

    public SqliteStatement Bytes(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    public SqliteStatement Null(int parameter)
    {
        Check(raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    /// <summary>Moves to the next row; false after the last one, when the statement can be bound again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        // Reset returns the code of the step again, which is checked below.
        Reset();
        return code == raw.SQLITE_DONE ? false : throw database.Fault(code);
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    /// <summary>Drops the rows that were not read.</summary>
    public void Reset() => _ = raw.sqlite3_reset(statement);

    /// <summary>Reads the first column of the only row; 0 if there is no row.</summary>
    public long Scalar()
    {
        var value = Step() ? Integer(0) : 0;
        Reset();
        return value;
    }

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public double? Real(int column) => IsNull(column) ? null : raw.sqlite3_column_double(statement, column);

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>Reads a blob; the span is valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw database.Fault(code);
        }
    }
}
