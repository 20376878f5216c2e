namespace Diabetes.Amqp.Tests.Support;

/// <summary>Records items in order, and lets a test wait for them.</summary>
internal class Gathered<T>
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private readonly List<T> _all = [];
    private readonly List<(Func<List<T>, bool> Done, TaskCompletionSource Signal)> _waits = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public void Add(T one)
    {
        lock (_gate)
        {
            _all.Add(one);
            foreach (var wait in _waits.Where(wait => wait.Done(_all)))
            {
                wait.Signal.TrySetResult();
            }
        }
    }

    public Task<IReadOnlyList<T>> WaitForAsync(int count) => WaitUntilAsync(all => all.Count >= count);

    protected async Task<IReadOnlyList<T>> WaitUntilAsync(Func<List<T>, bool> done)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waits.Add((done, signal));
            if (done(_all))
            {
                signal.TrySetResult();
            }
        }

        try
        {
            await signal.Task.WaitAsync(SafetyNet);
        }
        catch (TimeoutException)
        {
            var have = All;
            throw new TimeoutException($"Waited {SafetyNet}; {have.Count} came so far, the last: {string.Join(' ', have.TakeLast(20))}");
        }

        return All;
    }
}
