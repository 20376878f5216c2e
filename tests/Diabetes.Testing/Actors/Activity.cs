using System.Runtime.CompilerServices;
using Akka.Dispatch;

namespace Diabetes.Testing.Actors;

/// <summary>
/// Counts the mailbox runs of one actor system that the thread pool was given and has not finished: at zero, no actor does anything.
/// </summary>
internal sealed class Activity
{
    // The configuration names the executor, and Akka makes it. The system is what the test and the executor both know.
    private static readonly ConditionalWeakTable<ActorSystem, Activity> Systems = [];

    private readonly object _gate = new();
    private int _busy;
    private long _begun;

    public static Activity Of(ActorSystem system) => Systems.GetOrCreateValue(system);

    public void Run(IRunnable run)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _busy);
        ThreadPool.UnsafeQueueUserWorkItem(
            static work =>
            {
                try
                {
                    work.Run.Run();
                }
                finally
                {
                    work.Activity.End();
                }
            },
            (Activity: this, Run: run),
            preferLocal: false);
    }

    /// <summary>Returns when no run is unfinished, with the number of runs so far.</summary>
    /// <exception cref="TimeoutException">There is an unfinished run all the time.</exception>
    public long AwaitRest(TimeSpan timeout)
    {
        lock (_gate)
        {
            while (Volatile.Read(ref _busy) != 0)
            {
                if (!Monitor.Wait(_gate, timeout))
                {
                    throw new TimeoutException(
                        $"The actor system did not come to rest in {timeout.TotalSeconds} s: {_busy} actors are scheduled or running.");
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
}
