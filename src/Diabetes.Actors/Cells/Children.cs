namespace Diabetes.Actors;

/// <summary>
/// The children of one actor: a list threaded through their cells, and a dictionary for those that have names. A child leaves it when its death was
/// handled, and its name is free then. Owned by the parent's run; <see cref="GuardianChildren"/> is the one that other threads may add to.
/// </summary>
internal class Children
{
    private ActorCell? _first;
    private ActorCell? _last;
    private Dictionary<string, ActorCell?>? _named;
    private Dictionary<ActorCell, RestartStatistics>? _statistics;
    private CellFamily? _family;
    private long _anonymous;
    private long _uid;
    private int _count;
    private int _dying;
    private bool _sealed;

    /// <summary>What waits for the dying to be gone.</summary>
    public AwaitedDeaths Awaited { get; private set; }

    /// <summary>The failure, where <see cref="AwaitedDeaths.ForRecreation"/> is waited for.</summary>
    public Exception? RecreationCause { get; private set; }

    /// <summary>What a child of these props shares with the one before it, mostly.</summary>
    public CellFamily Family(ActorCell parent, Props props)
    {
        // Read once: guardians are asked by many threads, and any of their answers will do.
        var family = _family;
        return family?.Props == props ? family : _family = new CellFamily(parent.SystemImpl, parent, props);
    }

    /// <summary>The number of the next child without a name.</summary>
    public virtual long NextAnonymous() => _anonymous++;

    /// <summary>Takes a name until the child of that name is gone.</summary>
    public virtual long Reserve(string name, ActorCell parent)
    {
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"'{name}' cannot be the name of a child of {parent}: a name has letters, digits and -_.*$+:@&=,!~';() only, at least one of them, and does not start with $.");
        }

        if (!(_named ??= []).TryAdd(name, null))
        {
            throw new InvalidActorNameException($"{parent} has a child named '{name}' already. Wait for its Terminated, or take another name.");
        }

        return ++_uid;
    }

    /// <summary>False once the parent is stopping.</summary>
    public virtual bool TryAdd(ActorCell child)
    {
        if (_sealed)
        {
            return false;
        }

        if (child.GivenName is { } name)
        {
            _named![name] = child;
        }

        child.PreviousSibling = _last;
        _ = _last is null ? _first = child : _last.NextSibling = child;
        _last = child;
        _count++;
        return true;
    }

    /// <summary>Takes no more children.</summary>
    public virtual void Seal() => _sealed = true;

    /// <summary>The child is dead: forgets it. False if it was forgotten before.</summary>
    public virtual bool Remove(ActorCell child)
    {
        if (child.Mark == ChildMark.Removed)
        {
            return false;
        }

        if (child.Mark == ChildMark.Dying)
        {
            _dying--;
        }

        child.Mark = ChildMark.Removed;
        _ = child.PreviousSibling is { } previous ? previous.NextSibling = child.NextSibling : _first = child.NextSibling;
        _ = child.NextSibling is { } next ? next.PreviousSibling = child.PreviousSibling : _last = child.PreviousSibling;
        child.PreviousSibling = child.NextSibling = null;
        _count--;
        if (child.GivenName is { } name)
        {
            _named!.Remove(name);
        }

        _statistics?.Remove(child);
        return true;
    }

    /// <summary>Notes that a child was told to stop; false if it was before.</summary>
    public virtual bool MarkDying(ActorCell child)
    {
        if (child.Mark != ChildMark.Alive)
        {
            return false;
        }

        child.Mark = ChildMark.Dying;
        _dying++;
        return true;
    }

    public virtual ActorCell? Find(string name)
    {
        if (_named is not null && _named.TryGetValue(name, out var named))
        {
            return named;
        }

        // Generated names are looked up by hand only, and not worth an index.
        for (var child = name.StartsWith('$') ? _first : null; child is not null; child = child.NextSibling)
        {
            if (child.GivenName is null && child.Name == name)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>All children, in order of creation.</summary>
    public virtual ActorCell[] ToArray()
    {
        var all = new ActorCell[_count];
        var i = 0;
        for (var child = _first; child is not null; child = child.NextSibling)
        {
            all[i++] = child;
        }

        return all;
    }

    /// <summary>True if something must wait for dying children; <see cref="Take"/> says when it need no longer.</summary>
    public virtual bool Await(AwaitedDeaths awaited, Exception? cause = null)
    {
        if (_dying == 0)
        {
            return false;
        }

        Awaited = awaited;
        RecreationCause = cause;
        return true;
    }

    /// <summary>What was waited for, once the last dying child is gone.</summary>
    public AwaitedDeaths Take()
    {
        if (_dying != 0)
        {
            return AwaitedDeaths.None;
        }

        var awaited = Awaited;
        Awaited = AwaitedDeaths.None;
        return awaited;
    }

    public RestartStatistics Statistics(ActorCell child)
    {
        _statistics ??= [];
        if (!_statistics.TryGetValue(child, out var statistics))
        {
            _statistics.Add(child, statistics = new RestartStatistics());
        }

        return statistics;
    }
}
