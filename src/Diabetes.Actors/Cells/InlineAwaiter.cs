using System.Runtime.CompilerServices;

namespace Diabetes.Actors;

/// <summary>
/// Awaits a task so that what follows runs on the thread that completes it, at once. An await under no context would not do: where that thread is in an actor's run, or
/// in anybody's context, the task would send the continuation round by the thread pool first. For continuations that do little more than send.
/// </summary>
internal readonly struct InlineAwaiter(Task task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public InlineAwaiter GetAwaiter() => this;

    public void GetResult() => task.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(InlineSynchronizationContext.Instance);
        try
        {
            task.GetAwaiter().UnsafeOnCompleted(continuation);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
