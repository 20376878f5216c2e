namespace Diabetes.Actors;

/// <content>
/// Asynchronous handlers. One that is done when it returns costs a look at its task. For the others user messages are suspended, and what follows each
/// await comes back as a system message, so that it runs as this actor, one step at a time.
/// </content>
internal partial class ActorCell
{
    public void RunAsync<T>(Func<T, Task> handler, T message)
    {
        var context = Extras().SynchronizationContext ??= new ActorSynchronizationContext(this);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task task;
        try
        {
            task = handler(message);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        if (task.IsCompleted)
        {
            // Throws what the handler threw, here, as a handler that is not asynchronous would.
            task.GetAwaiter().GetResult();
        }

        Await(task);
    }

    /// <summary>The task of an asynchronous handler is done.</summary>
    public void EndAsync(AsyncDoneMessage done)
    {
        var failure = done.Task.IsCanceled ? new TaskCanceledException(done.Task) : done.Task.Exception?.InnerException;
        if (_extras?.Awaited != done)
        {
            if (failure is not null)
            {
                PublishError(failure, "An asynchronous handler of an instance that was replaced since has failed.");
            }

            return;
        }

        _extras.Awaited = null;
        _flags &= ~CellFlags.Awaiting;
        EndSuspension();
        if (failure is not null)
        {
            Fail(failure, this);
        }
        else if (!Has(CellFlags.Failed))
        {
            Complete();
        }
    }

    /// <summary>Runs a step on behalf of this actor, on its run or, once it is gone, on any thread.</summary>
    public void RunStep(SendOrPostCallback callback, object? state)
    {
        var thread = CellThread.Here;
        var before = thread.Current;
        thread.Current = this;
        try
        {
            callback(state);
        }
        finally
        {
            thread.Current = before;
        }
    }

    /// <summary>Runs a step on behalf of no actor, also on a thread that runs one.</summary>
    public static void RunOutside(SendOrPostCallback callback, object? state)
    {
        var thread = CellThread.Here;
        var before = thread.Current;
        thread.Current = null;
        try
        {
            callback(state);
        }
        finally
        {
            thread.Current = before;
        }
    }

    private void Await(Task task)
    {
        var done = new AsyncDoneMessage(this, task);
        Extras().Awaited = done;
        _flags |= CellFlags.Awaiting;
        _suspensions++;
        task.Inline().UnsafeOnCompleted(done.Send);
    }
}
