using System.Collections.Concurrent;

namespace Diabetes.Bench.Kernel;

/// <summary>The raw baseline: a ConcurrentQueue, drained on the thread pool in batches of 30, and nothing else.</summary>
internal abstract class RawMailbox : IThreadPoolWorkItem
{
    private const int Batch = 30;

    private readonly ConcurrentQueue<object> _queue = new();
    private int _scheduled;

    public void Post(object message)
    {
        _queue.Enqueue(message);
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var i = 0; i < Batch; i++)
        {
            if (!_queue.TryDequeue(out var message))
            {
                Interlocked.Exchange(ref _scheduled, 0);
                if (_queue.IsEmpty || Interlocked.Exchange(ref _scheduled, 1) != 0)
                {
                    return;
                }

                continue;
            }

            Handle(message);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected abstract void Handle(object message);
}
