using Diabetes.Testing;

namespace Diabetes.Nodes.Tests.Databases;

/// <summary>A database with a store in it, as an operator sees it.</summary>
/// <param name="Server">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uri">How nodes reach it.</param>
internal sealed record StoreDatabase(PrivatePostgres Server, string Name, Uri Uri)
{
    /// <summary>What a node is configured with to use it.</summary>
    public string Configuration => $$"""
        metric { store = postgres, report-interval = 100ms, postgres.uri = "{{Uri}}" }
        plot.interval = 500ms
        """;

    /// <summary>Runs SQL and returns what it prints, a row a line, columns by bars.</summary>
    public Task<string> SqlAsync(string sql) => Server.SqlAsync(Name, sql);

    /// <summary>Completes when the ledger has at least as many rows, late ones among them. It is the server that waits.</summary>
    public Task UntilRowsAsync(int count) => SqlAsync($"""
        SET statement_timeout = '60s';
        DO $$ BEGIN
            WHILE NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'diabetes' AND tablename = 'writers') LOOP PERFORM pg_sleep(0.02); END LOOP;
            WHILE (SELECT position FROM diabetes.state) < {count} LOOP PERFORM pg_sleep(0.02); END LOOP;
        END $$;
        """);
}
