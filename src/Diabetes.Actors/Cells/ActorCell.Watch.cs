namespace Diabetes.Actors;

/// <content>Death watch: whom this actor watches, and who watches it.</content>
internal partial class ActorCell
{
    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        InvalidMessageException.ThrowIfNull(message);
        return WatchFor(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (subject is IInternalActorRef actor && subject != this && _extras?.DeathWatch?.Forget(actor) == true && !IsLivingChild(actor))
        {
            actor.SendSystem(new UnwatchMessage(this));
        }

        return subject;
    }

    public void AddWatcher(IInternalActorRef watcher) => (Extras().DeathWatch ??= new DeathWatch()).AddWatcher(watcher);

    public void RemoveWatcher(IInternalActorRef watcher) => _extras?.DeathWatch?.RemoveWatcher(watcher);

    private IActorRef WatchFor(IActorRef subject, object? message)
    {
        if (subject is IInternalActorRef actor && subject != this
            && (Extras().DeathWatch ??= new DeathWatch()).Add(actor, message)
            && !IsLivingChild(actor))
        {
            actor.SendSystem(new WatchMessage(this));
        }

        return subject;
    }

    /// <summary>A parent is told of its child's death without asking.</summary>
    private bool IsLivingChild(IInternalActorRef actor) => actor is ActorCell cell && cell.ParentCell == this && cell.Mark != ChildMark.Removed;
}
