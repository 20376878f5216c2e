using System.Text.RegularExpressions;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Postgres;

/// <summary>Where a PostgreSQL store is.</summary>
/// <param name="Uri">
/// <c>postgres://user:password@host:5432/database?sslmode=require</c>. What the query names is handed to the driver (sslmode, root certificate, time-outs).
/// </param>
public sealed partial record PostgresOptions(Uri Uri)
{
    /// <summary>The schema that the tables are in; several systems share a database by different ones.</summary>
    public string Schema { get; init; } = "diabetes";

    /// <summary>What an operator sees in <c>pg_stat_activity</c>.</summary>
    public string ApplicationName { get; init; } = "diabetes";

    /// <summary>Pause before asking again, where the store itself has to; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause before asking again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether it leads to a database, with nothing in its query that the driver does not take.</summary>
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

    /// <summary>Whether it can name a schema, without quotes: small letters, digits and underscores, at most 51.</summary>
    public static bool IsSchema(string name) => PlainName().IsMatch(name);

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Uri.Host}:{(Uri.Port > 0 ? Uri.Port : 5432)}{Uri.AbsolutePath}";

    [GeneratedRegex(@"^[a-z_][a-z0-9_]{0,50}\z")]
    private static partial Regex PlainName();
}
