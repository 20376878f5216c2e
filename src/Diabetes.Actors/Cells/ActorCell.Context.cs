namespace Diabetes.Actors;

/// <content>What the actor may ask of its cell.</content>
internal partial class ActorCell
{
    public IActorRef Self => this;

    public IActorRef Sender => _extras?.FailedChild ?? CurrentSender ?? SystemImpl.DeadLetters;

    public IActorRef Parent => ParentCell ?? (IActorRef)ActorRefs.Nobody;

    public Props Props => _family.Props;

    public ActorSystem System => SystemImpl;

    public TimeSpan? ReceiveTimeout => _extras?.ReceiveTimeout?.Timeout;

    public IActorRef ActorOf(Props props, string? name = null) => AttachChild(props, name);

    public IActorRef Child(string name) => _extras?.Children?.Find(name) ?? (IActorRef)ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => _extras?.Children?.ToArray() ?? [];

    public ActorSelection ActorSelection(string actorPath) => new(this, actorPath);

    public ActorSelection ActorSelection(ActorPath actorPath) => SystemImpl.ActorSelection(actorPath);

    public void Become(Receive receive)
    {
        var behaviors = Behaviors();
        behaviors.TryPop(out _);
        behaviors.Push(receive);
    }

    public void BecomeStacked(Receive receive) => Behaviors().Push(receive);

    public void Become(UntypedReceive receive) => Become(Always(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    public void UnbecomeStacked()
    {
        if (!Has(CellFlags.HasBehaviors))
        {
            return;
        }

        var behaviors = _extras!.Behaviors!;
        behaviors.Pop();
        if (behaviors.Count == 0)
        {
            _flags &= ~CellFlags.HasBehaviors;
        }
    }

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is null && _extras?.ReceiveTimeout is null)
        {
            return;
        }

        (Extras().ReceiveTimeout ??= new ReceiveTimeoutTimer(this)).Set(timeout);
        _flags = timeout is null ? _flags & ~CellFlags.HasReceiveTimeout : _flags | CellFlags.HasReceiveTimeout;
    }

    public void Stop(IActorRef child)
    {
        if (ReferenceEquals(child, this))
        {
            StopSelf();
        }
        else if (child is ActorCell cell)
        {
            if (cell.ParentCell == this)
            {
                _extras?.Children?.MarkDying(cell);
            }

            cell.SendSystem(new TerminateMessage());
        }
    }

    /// <summary>Stops this cell after the message being handled; from outside its run, by a system message.</summary>
    public void StopSelf()
    {
        if (Current == this)
        {
            _flags |= CellFlags.StopRequested;
        }
        else
        {
            SendSystem(new TerminateMessage());
        }
    }

    /// <summary>Timers for a new incarnation, from its base constructor on. Those of one whose constructor failed end here.</summary>
    public TimerScheduler NewTimers()
    {
        _extras?.Timers?.CancelAll();
        return Extras().Timers = new TimerScheduler(this);
    }

    /// <summary>Puts messages before all others, the first of them first.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        if (envelopes.Count == 0)
        {
            return;
        }

        var front = Extras().Front ??= new Stack<Envelope>();
        for (var i = envelopes.Count - 1; i >= 0; i--)
        {
            front.Push(envelopes[i]);
            if (envelopes[i].Message is Terminated terminated)
            {
                // It was delivered once, and is wanted again.
                (_extras.DeathWatch ??= new DeathWatch()).Announced(terminated.ActorRef);
            }
        }

        _flags |= CellFlags.HasFront;
    }

    /// <summary>Notes that the message being handled was stashed; false if that was noted before.</summary>
    public bool TryMarkStashed()
    {
        var first = !Has(CellFlags.Stashed);
        _flags |= CellFlags.Stashed;
        return first;
    }

    /// <summary>The message being handled, for the stash.</summary>
    public Envelope CurrentEnvelope => new(
        CurrentMessage ?? throw new InvalidOperationException("There is no message to stash: Stash is called while one is being handled."), CurrentSender);

    private static Receive Always(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    /// <summary>The behaviours above the actor's own; with the own one at the bottom if it was stacked upon.</summary>
    private Stack<Receive> Behaviors()
    {
        var behaviors = Extras().Behaviors ??= new Stack<Receive>();
        _flags |= CellFlags.HasBehaviors;
        return behaviors;
    }
}
