namespace Diabetes.Actors;

/// <summary>
/// What cells tell each other outside the mailbox: handled before user messages, also while those are suspended. Each instance goes to one cell, once:
/// it is its own queue node.
/// </summary>
internal abstract class SystemMessage
{
    public SystemMessage? Next;

    public abstract void Invoke(ActorCell cell);
}

internal sealed class TerminateMessage : SystemMessage
{
    public override void Invoke(ActorCell cell) => cell.Terminate();
}

internal sealed class SuspendMessage : SystemMessage
{
    public override void Invoke(ActorCell cell) => cell.FaultSuspend();
}

internal sealed class ResumeMessage(Exception? causedByFailure) : SystemMessage
{
    public override void Invoke(ActorCell cell) => cell.FaultResume(causedByFailure);
}

internal sealed class RecreateMessage(Exception cause) : SystemMessage
{
    public override void Invoke(ActorCell cell) => cell.FaultRecreate(cause);
}

internal sealed class FailedMessage(ActorCell child, Exception cause) : SystemMessage
{
    public override void Invoke(ActorCell cell) => cell.HandleFailed(child, cause);
}

internal sealed class WatchMessage(IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watcher => watcher;

    public override void Invoke(ActorCell cell) => cell.AddWatcher(watcher);
}

internal sealed class UnwatchMessage(IInternalActorRef watcher) : SystemMessage
{
    public override void Invoke(ActorCell cell) => cell.RemoveWatcher(watcher);
}

/// <summary>An actor has stopped: told to its parent, always, and to those who watch it.</summary>
internal sealed class DeathWatchNotification(IInternalActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IInternalActorRef Actor => actor;

    public override void Invoke(ActorCell cell) => cell.HandleDeath(actor, existenceConfirmed);
}

/// <summary>A step of an asynchronous handler, after an await.</summary>
internal sealed class ContinuationMessage(ActorSynchronizationContext context, SendOrPostCallback callback, object? state) : SystemMessage
{
    public override void Invoke(ActorCell cell) => context.Run(callback, state);

    /// <summary>The actor is gone; the handler still runs to its end, so that what it holds in using and finally is released.</summary>
    public void Orphaned() => context.RunOrphaned(callback, state);
}

/// <summary>An asynchronous handler is done.</summary>
internal sealed class AsyncDoneMessage(ActorCell owner, Task task) : SystemMessage
{
    public Task Task => task;

    public void Send() => owner.SendSystem(this);

    public override void Invoke(ActorCell cell) => cell.EndAsync(this);
}

/// <summary>A selection on its way down the tree.</summary>
internal sealed class SelectMessage(ActorSelection selection, int depth, object message, IActorRef? sender) : SystemMessage
{
    public override void Invoke(ActorCell cell) => selection.Deliver(cell, depth, message, sender);

    public void Undeliverable() => selection.Undelivered(message, sender);
}
