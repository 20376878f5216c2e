using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// The store as one life sees it: everything takes its time, and is refused now and then. A crash may come before the commit, or between
/// the commit and the answer; or the commit, already under way at the server, may come about after the crash.
/// </summary>
internal sealed class SimulatedStore(World world, Life life) : IJoinStore
{
    private readonly StoreContents _contents = world.Store;
    private readonly List<Deed> _underWay = [];

    /// <summary>Rows whose commit was answered.</summary>
    public int Rows { get; private set; }

    public ValueTask<JoinOutcome> CommitAsync(JoinBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = 0;
        return new(Ask(
            () =>
            {
                if (world.Random.Next(8) == 0)
                {
                    // As in a transaction that has to be repeated: the first answer, to other knowledge, does not count.
                    batch.Decide(new Correlation[batch.Keys.Count]);
                }

                if (world.Mutates(Mutant.StoreForgets, 100))
                {
                    return _contents.Decide(batch);
                }

                var outcome = _contents.Commit(batch, now);
                rows = outcome.Changes.Count(static change => change.After.IsJoined);
                return outcome;
            },
            () => Rows += rows));
    }

    public ValueTask<IReadOnlyList<Orphan>> OrphanAsync(
        DateTimeOffset now, TimeSpan after, int limit, CancellationToken cancellationToken) =>
        new(Ask(() => _contents.Orphan(now, after, limit)));

    public ValueTask<StoreCounts> CountAsync(CancellationToken cancellationToken) => new(Ask(() => _contents.Counts));

    public ValueTask DisposeAsync() => default;

    /// <summary>What was asked and not done yet is done all the same, or not: now, later or never.</summary>
    public void Crash()
    {
        foreach (var deed in _underWay)
        {
            if (world.Random.Next(2) == 0)
            {
                world.Linger(deed);
            }
        }
    }

    private Task<T> Ask<T>(Func<T> operation, Action? answered = null)
    {
        var answer = new TaskCompletionSource<T>();
        var deed = new Deed(null, () => Try(operation, answer, answered));
        _underWay.Add(deed);
        world.Agenda.After(world.Latency(), life, () =>
        {
            _underWay.Remove(deed);
            deed.Run();
        });
        return answer.Task;
    }

    private void Try<T>(Func<T> operation, TaskCompletionSource<T> answer, Action? answered)
    {
        T result;
        try
        {
            world.FailNowAndThen();
            world.RefuseNowAndThen(static () => new StoreUnavailableException("The store is away."));
            result = operation();
        }
        catch (Exception refusal) when (refusal is StoreUnavailableException or SimulatedFault)
        {
            world.Agenda.After(world.Latency(), life, () => answer.SetException(refusal));
            return;
        }

        world.Agenda.After(world.Latency(), life, () =>
        {
            answered?.Invoke();
            answer.SetResult(result);
        });
    }
}
