namespace Diabetes.Actors;

/// <summary>A reference without an actor behind it. Watching one is answered at once: there is nothing that could die later.</summary>
internal abstract class MinimalActorRef : IInternalActorRef
{
    public abstract ActorPath Path { get; }

    public abstract ActorSystemImpl SystemImpl { get; }

    public virtual bool IsTerminated => false;

    public abstract void Tell(object message, IActorRef? sender);

    public virtual void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case WatchMessage watch:
                watch.Watcher.SendSystem(new DeathWatchNotification(this, existenceConfirmed: false));
                break;
            case SelectMessage select:
                select.Undeliverable();
                break;
        }
    }

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"[{Path}]";
}
