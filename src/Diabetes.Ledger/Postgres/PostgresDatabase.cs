using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Connections to a store's database, and its words for what goes wrong with them.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _source;
    private volatile bool _wasLetIn;

    /// <exception cref="StoreUnusableException">The URI is not one of PostgreSQL, or the schema's name is not allowed.</exception>
    public PostgresDatabase(PostgresOptions options)
    {
        if (!PostgresOptions.IsSchema(options.Schema))
        {
            throw new StoreUnusableException($"metric.postgres.schema is '{options.Schema}', which cannot name a schema: take small letters, digits and underscores.");
        }

        _options = options;
        _source = NpgsqlDataSource.Create(PostgresConnectionString.Of(options));
    }

    /// <summary>Says what went wrong.</summary>
    public Exception Fault(Exception fault) => PostgresFaults.Of(_options, fault, _wasLetIn);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Runs the action on a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">Not now.</exception>
    /// <exception cref="StoreUnusableException">Not ever, as it is. A refused login or a missing right is that only before the first action that worked.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var result = await action(connection).ConfigureAwait(false);
                _wasLetIn = true;
                return result;
            }
        }
        catch (Exception fault) when (PostgresFaults.IsTheServers(fault))
        {
            throw Fault(fault);
        }
    }
}
