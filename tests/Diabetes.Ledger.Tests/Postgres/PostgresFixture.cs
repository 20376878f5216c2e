using Diabetes.Ledger.Postgres;
using Diabetes.Testing.Postgres;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>The private PostgreSQL of a test run, with a database for each test.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private int _databases;

    public PrivatePostgres Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PrivatePostgres.OpenAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A new database: its name, and how to reach it.</summary>
    public async Task<(string Name, PostgresOptions Options)> CreateAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        return (name, new PostgresOptions(await Server.CreateDatabaseAsync(name))
        {
            FirstPause = TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(200)
        });
    }
}
