using Diabetes.Testing.Postgres;

namespace Diabetes.Nodes.Tests.EndToEnd.Databases;

/// <summary>The private PostgreSQL of a test run, started by the first test that asks for a database.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private PrivatePostgres? _server;
    private int _databases;

    /// <summary>A new database of one test's own.</summary>
    internal async Task<StoreDatabase> CreateAsync()
    {
        _server ??= await PrivatePostgres.OpenAsync();
        var name = $"test{++_databases}";
        return new StoreDatabase(_server, name, await _server.CreateDatabaseAsync(name));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
