using Diabetes.Nodes.Tests.Support.Processes;
using Diabetes.Testing.Postgres;

namespace Diabetes.Nodes.Tests.EndToEnd.Databases;

/// <summary>A database with a store in it, as an operator sees it.</summary>
/// <param name="Server">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uri">How nodes reach it.</param>
internal sealed record StoreDatabase(PrivatePostgres Server, string Name, Uri Uri)
{
    /// <summary>The tables: all are made in one transaction.</summary>
    private const string AreThere = "EXISTS (SELECT FROM pg_tables WHERE schemaname = 'diabetes' AND tablename = 'writers')";

    /// <summary>What a node is configured with to use it.</summary>
    public string Configuration => $$"""
        metric { store = postgres, report-interval = 100ms, postgres.uri = "{{Uri}}" }
        plot.interval = 500ms
        """;

    /// <summary>Runs SQL and returns what it prints, a row a line, columns by bars.</summary>
    public Task<string> SqlAsync(string sql) => Server.SqlAsync(Name, sql);

    /// <summary>
    /// Completes when the ledger has at least as many rows, including late ones. The server itself polls, for as long as more rows come.
    /// </summary>
    public Task UntilRowsAsync(int count) => SqlAsync($"""
        DO $$ DECLARE had bigint := -1; has bigint := -1; since timestamptz := clock_timestamp(); BEGIN
            WHILE has < {count} LOOP
                IF {AreThere} THEN has := (SELECT position FROM diabetes.state); END IF;
                IF has > had THEN had := has; since := clock_timestamp(); END IF;
                IF clock_timestamp() - since > interval '{SafetyNet.Long.TotalSeconds} s' THEN
                    RAISE 'The ledger has % rows, {count} were expected.', has;
                END IF;
                PERFORM pg_sleep(0.02);
            END LOOP;
        END $$;
        """);

    /// <summary>Completes when this half waits alone in the store, made two days older then.</summary>
    public Task AgeAsync(string id) => SqlAsync($"""
        SET statement_timeout = '{SafetyNet.Long.TotalSeconds}s';
        DO $$ BEGIN
            WHILE NOT {AreThere} LOOP PERFORM pg_sleep(0.02); END LOOP;
            LOOP
                UPDATE diabetes.pending SET since = since - interval '2 days' WHERE id = '{id}';
                EXIT WHEN FOUND;
                PERFORM pg_sleep(0.02);
            END LOOP;
        END $$;
        """);
}
