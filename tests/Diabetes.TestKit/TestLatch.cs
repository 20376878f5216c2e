namespace Diabetes.Testing;

/// <summary>
/// A gate between the test's thread and an actor's. An actor that waits at it blocks a thread of the pool, which is sometimes the point (its mailbox fills);
/// an asynchronous receive that awaits <see cref="Opened"/> fills its mailbox without.
/// </summary>
public sealed class TestLatch(int count = 1)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);

    // Continuations run inside CountDown or Open: when those return, an actor that awaited the latch is scheduled, and AwaitRest sees it.
    private readonly TaskCompletionSource _opened = new();
    private int _left = count;

    public bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Completes when the latch opens.</summary>
    public Task Opened => _opened.Task;

    public void CountDown()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _opened.TrySetResult();
        }
    }

    public void Open() => _opened.TrySetResult();

    /// <exception cref="TimeoutException">The latch did not open in <paramref name="timeout"/> of real time; none given: the safety net.</exception>
    public void Ready(TimeSpan? timeout = null)
    {
        var patience = timeout > SafetyNet ? timeout.Value : SafetyNet;
        if (!_opened.Task.Wait(patience))
        {
            throw new TimeoutException($"The latch did not open in {patience.TotalSeconds} s.");
        }
    }
}
