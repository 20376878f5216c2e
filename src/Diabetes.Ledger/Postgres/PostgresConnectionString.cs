using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Turns a PostgreSQL URI into a connection string: the driver reads no URIs.</summary>
internal static class PostgresConnectionString
{
    /// <summary>Makes the connection string.</summary>
    /// <exception cref="StoreUnusableException">
    /// The URI is not a PostgreSQL URI, or has a parameter that the driver does not know.
    /// </exception>
    public static string Of(PostgresOptions options) => Builder(options).ConnectionString;

    /// <summary>
    /// Names the sslmode of a connection that leaves this machine without a check of the server's certificate; null if there is none.
    /// </summary>
    public static string? UncheckedMode(PostgresOptions options)
    {
        var builder = Builder(options);
        return options.Uri.IsLoopback || builder.SslMode == SslMode.VerifyFull ? null : builder.SslMode.ToString().ToLowerInvariant();
    }

    private static NpgsqlConnectionStringBuilder Builder(PostgresOptions options)
    {
        var uri = options.Uri;
        if (uri.Scheme is not ("postgres" or "postgresql") || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2)
        {
            throw new StoreUnusableException("metric.postgres.uri must look like postgres://user:password@host:5432/database. " +
                "Set it in the environment: DIABETES__METRIC__POSTGRES__URI.");
        }

        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            ApplicationName = options.ApplicationName,
            SearchPath = options.Schema,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 4,
            Timeout = 5,
            CommandTimeout = 60,
            KeepAlive = 10,
            SslMode = uri.IsLoopback ? SslMode.Prefer : SslMode.VerifyFull,
        };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(builder, pair.Split('=', 2));
        }

        // Whether a server is on this machine is told from the host of the URI.
        if (builder.Host != uri.Host.Trim('[', ']'))
        {
            throw new StoreUnusableException(
                "metric.postgres.uri has another host in its query. Name the host only before the database.");
        }

        // A server that nobody has checked gets a proof that this node has the password, and not the password.
        if (!uri.IsLoopback && builder.SslMode != SslMode.VerifyFull && string.IsNullOrEmpty(builder.RequireAuth))
        {
            builder.RequireAuth = "ScramSHA256";
        }

        return builder;
    }

    /// <summary>Gives the driver's name of an authentication method of libpq.</summary>
    private static string Method(string name) => name switch
    {
        "password" => "Password",
        "scram-sha-256" => "ScramSHA256",
        "none" => "None",
        ['!', ..] => "!" + Method(name[1..]),
        _ => name.ToUpperInvariant(),
    };

    private static void Set(NpgsqlConnectionStringBuilder builder, string[] pair)
    {
        var name = Uri.UnescapeDataString(pair[0]);
        try
        {
            // libpq's names where they differ from the driver's.
            var known = name switch
            {
                "sslmode" => "SSL Mode",
                "sslrootcert" => "Root Certificate",
                "application_name" => "Application Name",
                "channel_binding" => "Channel Binding",
                "require_auth" => "Require Auth",
                "connect_timeout" => "Timeout",
                _ => name,
            };
            var value = Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : "");
            builder[known] = name switch
            {
                "sslmode" => value.Replace("-", "", StringComparison.Ordinal),
                "require_auth" => string.Join(',', value.Split(',').Select(Method)),
                _ => value,
            };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new StoreUnusableException($"metric.postgres.uri has '{name}' in its query, which the driver does not accept. " +
                $"Correct or remove it: {fault.Message}", fault);
        }
    }
}
