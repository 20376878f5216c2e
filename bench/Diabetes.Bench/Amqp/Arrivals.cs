namespace Diabetes.Bench.Amqp;

/// <summary>Counts what arrives, and says when all of it has.</summary>
internal sealed class Arrivals
{
    private TaskCompletionSource _all = new();
    private int _missing;

    public Task Expect(int count)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _missing, count);
        return _all.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public void One() => Add(1);

    public void Add(int count)
    {
        if (Interlocked.Add(ref _missing, -count) == 0)
        {
            _all.SetResult();
        }
    }
}
