namespace Diabetes.Actors;

/// <summary>
/// Runs cells on the thread pool and counts those that are scheduled or running, for tests: when there are none, nothing more happens unless somebody
/// outside does something.
/// </summary>
internal sealed class Activity : Dispatcher
{
    private readonly object _gate = new();
    private int _busy;
    private long _begun;

    /// <summary>Cells that are scheduled or running.</summary>
    public int Busy => Volatile.Read(ref _busy);

    public override void Schedule(IThreadPoolWorkItem run, bool preferLocal)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _busy);
        ThreadPool.UnsafeQueueUserWorkItem(new Counted(this, run), preferLocal);
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

    private void End()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    private sealed class Counted(Activity activity, IThreadPoolWorkItem run) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            try
            {
                run.Execute();
            }
            finally
            {
                activity.End();
            }
        }
    }
}
