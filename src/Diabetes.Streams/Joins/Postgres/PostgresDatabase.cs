using Npgsql;

namespace Diabetes.Streams;

/// <summary>Connections to a store's database, and its words for what goes wrong with them.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _source;

    /// <exception cref="StoreUnusableException">The options are none.</exception>
    public PostgresDatabase(PostgresOptions options)
    {
        if (!PostgresOptions.IsSchema(options.Schema))
        {
            throw new StoreUnusableException($"metric.postgres.schema is '{options.Schema}', which cannot name a schema: take small letters, digits and underscores.");
        }

        _options = options;
        _source = NpgsqlDataSource.Create(PostgresConnectionString.Of(options));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Runs the action on a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">Not now.</exception>
    /// <exception cref="StoreUnusableException">Not ever, as it is.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await action(connection).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (PostgresFaults.IsTheServers(fault))
        {
            throw PostgresFaults.Of(_options, fault);
        }
    }
}
