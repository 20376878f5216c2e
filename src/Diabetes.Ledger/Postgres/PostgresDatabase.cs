using Diabetes.Ledger.Joins;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>Opens connections to a store's database, and explains what goes wrong with them.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _source;
    private volatile bool _hasWorked;

    /// <exception cref="StoreUnusableException">The URI is not a PostgreSQL URI, or the schema's name is not allowed.</exception>
    public PostgresDatabase(PostgresOptions options)
    {
        if (!PostgresOptions.IsSchema(options.Schema))
        {
            throw new StoreUnusableException($"metric.postgres.schema is '{options.Schema}', which cannot name a schema. " +
                $"Use small letters, digits and underscores.");
        }

        _options = options;
        _source = NpgsqlDataSource.Create(PostgresConnectionString.Of(options));
    }

    /// <summary>Turns an error of the driver into an exception that tells an operator what to do.</summary>
    public Exception Fault(Exception fault) => PostgresFaults.Of(_options, fault, _hasWorked);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Runs the action on a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot do it now; try again.</exception>
    /// <exception cref="StoreUnusableException">
    /// Waiting does not help. After the first action that worked, a refused login or a missing right counts as unavailable.
    /// </exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var result = await action(connection).ConfigureAwait(false);
                _hasWorked = true;
                return result;
            }
        }
        catch (Exception fault) when (PostgresFaults.IsTheServers(fault))
        {
            throw Fault(fault);
        }
    }
}
