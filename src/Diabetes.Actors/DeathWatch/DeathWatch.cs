namespace Diabetes.Actors;

/// <summary>One actor's side of death watch. Owned by its cell's run.</summary>
internal sealed class DeathWatch
{
    private Dictionary<IInternalActorRef, object?>? _watching;
    private HashSet<IActorRef>? _announced;
    private HashSet<IInternalActorRef>? _watchers;

    /// <summary>Begins to watch; false if that was so already.</summary>
    /// <exception cref="InvalidOperationException">Watched already, with another message.</exception>
    public bool Add(IInternalActorRef actor, object? message)
    {
        _watching ??= [];
        if (_watching.TryAdd(actor, message))
        {
            return true;
        }

        return Equals(_watching[actor], message)
            ? false
            : throw new InvalidOperationException(
                $"{actor} is watched already with {_watching[actor] ?? "Terminated"}; unwatch it before watching it with {message ?? "Terminated"}.");
    }

    /// <summary>Ends a watch; false if there was none.</summary>
    public bool Forget(IInternalActorRef actor)
    {
        _announced?.Remove(actor);
        return _watching?.Remove(actor) == true;
    }

    /// <summary>The actor died: ends the watch and gives the message to announce it with (null: <see cref="Terminated"/>).</summary>
    public bool TryTake(IInternalActorRef actor, out object? message)
    {
        message = null;
        return _watching is not null && _watching.Remove(actor, out message);
    }

    /// <summary>A <see cref="Terminated"/> waits in the mailbox.</summary>
    public void Announced(IActorRef actor) => (_announced ??= []).Add(actor);

    /// <summary>The <see cref="Terminated"/> came out of the mailbox; false if it is not wanted any more.</summary>
    public bool Deliver(IActorRef actor) => _announced?.Remove(actor) == true;

    public void UnwatchAll(ActorCell self)
    {
        foreach (var actor in _watching?.Keys.ToArray() ?? [])
        {
            self.Unwatch(actor);
        }

        _announced = null;
    }

    public void AddWatcher(IInternalActorRef watcher) => (_watchers ??= []).Add(watcher);

    public void RemoveWatcher(IInternalActorRef watcher) => _watchers?.Remove(watcher);

    public void TellWatchers(ActorCell self, IInternalActorRef? except)
    {
        foreach (var watcher in _watchers ?? [])
        {
            if (watcher != except)
            {
                watcher.SendSystem(new DeathWatchNotification(self, existenceConfirmed: true));
            }
        }
    }
}
