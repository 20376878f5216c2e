using System.Text.RegularExpressions;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Postgres;

/// <summary>Says where a PostgreSQL store is.</summary>
/// <param name="Uri">
/// <c>postgres://user:password@host:5432/database?sslrootcert=ca.pem</c>. The query's parameters go to the driver (sslmode, root
/// certificate, time-outs). Without <c>sslmode</c> the server's certificate and name are checked (<c>verify-full</c>), except on this
/// machine's loopback. With a weaker one the server must use SCRAM, unless <c>require_auth</c> says otherwise.
/// </param>
public sealed partial record PostgresOptions(Uri Uri)
{
    /// <summary>Schema of the tables. Several systems can share a database, each with a schema of its own.</summary>
    public string Schema { get; init; } = "diabetes";

    /// <summary>Name of the connections in <c>pg_stat_activity</c>.</summary>
    public string ApplicationName { get; init; } = "diabetes";

    /// <summary>First pause before the store asks the server again; it doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause before the store asks the server again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tells whether a URI names a database, with a query that the driver accepts.</summary>
    public static bool IsDatabase(Uri uri)
    {
        try
        {
            return PostgresConnectionString.Of(new PostgresOptions(uri)).Length > 0;
        }
        catch (StoreUnusableException)
        {
            return false;
        }
    }

    /// <summary>Tells whether a name can be a schema without quotes: small letters, digits and underscores, at most 51.</summary>
    public static bool IsSchema(string name) => PlainName().IsMatch(name);

    /// <summary>Formats host, port and database, without the password.</summary>
    public override string ToString() => $"{Uri.Host}:{(Uri.Port > 0 ? Uri.Port : 5432)}{Uri.AbsolutePath}";

    [GeneratedRegex(@"^[a-z_][a-z0-9_]{0,50}\z")]
    private static partial Regex PlainName();
}
