namespace Diabetes.Actors;

/// <summary>
/// Counts the cells that are scheduled or running, for tests: when there are none, nothing more happens unless somebody outside does something.
/// A system that is not given one counts nothing.
/// </summary>
internal sealed class Activity
{
    private readonly object _gate = new();
    private int _busy;
    private long _begun;

    /// <summary>A cell is handed to the thread pool.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _busy);
    }

    /// <summary>A cell's run is over.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Returns when no cell is busy, with the number of runs so far.</summary>
    /// <exception cref="TimeoutException">Some cell is busy all the time.</exception>
    public long AwaitRest(TimeSpan timeout)
    {
        lock (_gate)
        {
            while (Volatile.Read(ref _busy) != 0)
            {
                if (!Monitor.Wait(_gate, timeout))
                {
                    throw new TimeoutException($"The actor system did not come to rest in {timeout.TotalSeconds} s: {_busy} actors are busy still.");
                }
            }

            return Interlocked.Read(ref _begun);
        }
    }

    /// <summary>Whether nothing has begun since there were <paramref name="runs"/>.</summary>
    public bool IsAtRestSince(long runs) => Volatile.Read(ref _busy) == 0 && Interlocked.Read(ref _begun) == runs;
}
