using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Diabetes.Ledger.Postgres;

/// <summary>
/// Stores joins in PostgreSQL, for any number of metric nodes; any of them may get any half. A lock lets one node commit at a time, so
/// positions of the ledger follow the order of commits, without gaps.
/// </summary>
public sealed class PostgresJoinStore : IJoinStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Guid _writer = Guid.NewGuid();
    private readonly PostgresOptions _options;
    private readonly PostgresDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _batch;
    private bool _prepared;
    private bool _closed;

    private PostgresJoinStore(PostgresOptions options, PostgresDatabase database, TimeProvider time, ILogger logger) =>
        (_options, _database, _time, _logger) = (options, database, time, logger);

    /// <summary>Makes a store that connects when it is first used, and then creates the tables that are missing.</summary>
    /// <exception cref="StoreUnusableException">The URI is not a PostgreSQL URI, or the schema's name is not allowed.</exception>
    public static PostgresJoinStore Open(PostgresOptions options, TimeProvider time, ILogger logger) =>
        new(options, new PostgresDatabase(options), time, logger);

    /// <summary>Waits until the server answers, and creates the tables that are missing.</summary>
    /// <exception cref="StoreUnusableException">The server refuses the login, or has no such database: waiting does not help.</exception>
    public static async Task<PostgresJoinStore> OpenAsync(PostgresOptions options, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        var store = Open(options, time, logger);
        try
        {
            await store.InsistAsync(store.PrepareAsync, cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<JoinOutcome> CommitAsync(JoinBatch batch, DateTimeOffset now, CancellationToken cancellationToken) =>
        await TransactAsync(
            async connection =>
            {
                string[] keys = [.. batch.Keys.Select(static key => key.ToString())];
                var known = await PostgresKnowledge.ReadAsync(connection, _options.Schema, batch.Keys, keys, cancellationToken)
                    .ConfigureAwait(false);
                var outcome = batch.Decide(known.Pairs);
                var pairs = KeptPair.Of(batch, keys, outcome);
                return (new PostgresChanges().Keep(known, pairs, now).Count(outcome.YTrue, outcome.YPred), outcome);
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Orphan>> OrphanAsync(DateTimeOffset now, TimeSpan after, int limit,
        CancellationToken cancellationToken) =>
        await TransactAsync(
            async connection =>
            {
                _ = await PostgresKnowledge.ReadAsync(connection, _options.Schema, [], [], cancellationToken).ConfigureAwait(false);
                var orphans = await PostgresQueries.OrphanAsync(connection, now - after, limit, cancellationToken).ConfigureAwait(false);
                var (yTrue, yPred) = Orphan.Tally(orphans);
                return (new PostgresChanges().Count(yTrue, yPred), orphans);
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        return await _database.RunAsync(connection => PostgresQueries.CountAsync(connection, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            await _database.DisposeAsync().ConfigureAwait(false);
            _turn.Dispose();
        }
    }

    /// <summary>Creates missing tables, once for each process: tables that are dropped later are an error.</summary>
    private async Task<bool> PrepareAsync(CancellationToken cancellationToken) => _prepared || await _database.RunAsync(
        async connection =>
        {
            await PostgresSchema.PrepareAsync(connection, _options.Schema, cancellationToken).ConfigureAwait(false);
            Log.PostgresOpened(_logger, _options, connection.PostgreSqlVersion.ToString());
            if (PostgresConnectionString.UncheckedMode(_options) is { } mode)
            {
                Log.PostgresUnchecked(_logger, _options, mode);
            }

            return _prepared = true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Runs one transaction, one at a time: it takes the store's lock, reads, then writes.</summary>
    private async Task<T> TransactAsync<T>(Func<NpgsqlConnection, Task<(PostgresChanges Changes, T Result)>> decide,
        CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            var batch = ++_batch;
            var (inDoubt, result) = await _database.RunAsync(
                async connection =>
                {
                    var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        var (changes, result) = await decide(connection).ConfigureAwait(false);
                        await changes.Sign(_writer, batch).WriteAsync(connection, cancellationToken).ConfigureAwait(false);
                        return (await TryCommitAsync(transaction).ConfigureAwait(false), result);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            if (inDoubt is not null
                && !await InsistAsync(token => WasCommittedAsync(batch, token), cancellationToken).ConfigureAwait(false))
            {
                throw _database.Fault(inDoubt);
            }

            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>
    /// Null if it is committed; otherwise the error that leaves it unknown: the connection may have broken before the commit or after it.
    /// </returns>
    private async Task<Exception?> TryCommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            // Not cancellable: a cancelled commit may or may not have happened.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception fault) when (PostgresFaults.IsTheServers(fault))
        {
            Log.CommitInDoubt(_logger, _options, fault.Message);
            return fault;
        }
    }

    /// <summary>Asks after taking the store's lock. When the lock is free, the transaction in doubt has ended.</summary>
    private Task<bool> WasCommittedAsync(long batch, CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                _ = await PostgresKnowledge.ReadAsync(connection, _options.Schema, [], [], cancellationToken).ConfigureAwait(false);
                return await PostgresQueries.LastBatchAsync(connection, _writer, cancellationToken).ConfigureAwait(false) == batch;
            }
        },
        cancellationToken);

    /// <summary>Asks again, with growing pauses, until the server answers.</summary>
    private async Task<T> InsistAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        string? last = null;
        for (var pause = _options.FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _options.LongestPause.Ticks)))
        {
            try
            {
                var answer = await ask(cancellationToken).ConfigureAwait(false);
                if (last is not null)
                {
                    Log.PostgresBack(_logger, _options);
                }

                return answer;
            }
            catch (StoreUnavailableException fault)
            {
                var level = Log.Once(LogLevel.Warning, fault.Message, ref last);
                Log.PostgresWaiting(_logger, level, fault.Message, _options.LongestPause.TotalSeconds);
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
