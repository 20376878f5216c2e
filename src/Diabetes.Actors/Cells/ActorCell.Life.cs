namespace Diabetes.Actors;

/// <content>How a cell starts, has children, and ends.</content>
internal partial class ActorCell
{
    /// <summary>Hands the cell to the thread pool for its creation. Called by the parent, once.</summary>
    public virtual void Start() => Schedule();

    /// <summary>Makes a child, on this cell's run; for guardians, on any thread.</summary>
    public ActorCell AttachChild(Props props, string? name)
    {
        var child = PrepareChild(props, name);
        if (Has(CellFlags.Failed))
        {
            // Made in PreRestart: it starts when its siblings are restarted.
            child.SendSystem(new SuspendMessage());
        }

        child.Start();
        return child;
    }

    /// <summary>A child that is not started.</summary>
    public ActorCell PrepareChild(Props props, string? name)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (Has(CellFlags.Terminating))
        {
            throw Stopping();
        }

        var children = Extras().Children ??= new Children();
        var number = name is null ? children.NextAnonymous() : children.Reserve(name, this);
        var child = props.RouterConfig is null
            ? new ActorCell(children.Family(this, props), name, number)
            : new RoutedActorCell(this, props, name, number);
        if (children.TryAdd(child))
        {
            return child;
        }

        throw Stopping();
    }

    private InvalidOperationException Stopping() => new($"{this} is stopping and takes no new children.");

    /// <summary>Lets other threads add children from now on. Before the start only.</summary>
    public void BecomeGuardian() => Extras().Children = new GuardianChildren();

    public void Terminate()
    {
        if (Has(CellFlags.Terminating))
        {
            return;
        }

        _flags |= CellFlags.Terminating;
        _extras?.ReceiveTimeout?.Set(null);
        _extras?.DeathWatch?.UnwatchAll(this);
        var children = _extras?.Children;
        if (children is not null)
        {
            children.Seal();
            foreach (var child in children.ToArray())
            {
                Stop(child);
            }

            if (children.Await(AwaitedDeaths.ForTermination))
            {
                // No messages and no failures while the children go.
                _suspensions++;
                _flags |= CellFlags.Failed;
                return;
            }
        }

        FinishTerminate();
    }

    /// <summary>The parent's and the watchers' part of a death.</summary>
    public void HandleDeath(IInternalActorRef actor, bool existenceConfirmed)
    {
        if (_extras?.DeathWatch?.TryTake(actor, out var custom) == true && !Has(CellFlags.Terminating))
        {
            if (custom is null)
            {
                _extras.DeathWatch.Announced(actor);
            }

            Tell(custom ?? new Terminated(actor, existenceConfirmed, addressTerminated: false), actor);
        }

        if (actor is ActorCell cell && cell.ParentCell == this && _extras!.Children!.Remove(cell))
        {
            ContinueAfterDeath(_extras.Children);
        }
    }

    private void ContinueAfterDeath(Children children)
    {
        var cause = children.RecreationCause;
        switch (children.Take())
        {
            case AwaitedDeaths.ForTermination:
                FinishTerminate();
                break;
            case AwaitedDeaths.ForRecreation:
                FinishRecreate(cause!);
                break;
            case AwaitedDeaths.ForCreation:
                FinishCreate();
                break;
        }
    }

    private void Create()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
        }
        catch (Exception failure)
        {
            // Not an actor yet: no hook of it is called any more.
            _actor = null;
            ReleaseIncarnation();
            Fail(failure as ActorInitializationException ?? new ActorInitializationException(this, $"could not be created: {failure.Message}", failure), this);
        }
    }

    private ActorBase NewActor()
    {
        var actor = Props.NewActor();
        actor.Declared();
        if (Props.HasStash)
        {
            ((IActorStash)actor).Stash = Extras().Stash = new StashBuffer(this, actor is IWithBoundedStash ? SystemImpl.Settings.StashCapacity : int.MaxValue);
        }

        return actor;
    }

    /// <summary>PostStop, then the mailbox, then parent, then watchers: whoever hears of the death finds it complete.</summary>
    private void FinishTerminate()
    {
        _flags |= CellFlags.Terminating;
        var actor = _actor;
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception failure)
        {
            PublishError(failure, "PostStop failed.");
        }

        ReleaseIncarnation();
        if (IsSubscriber)
        {
            SystemImpl.EventStream.Unsubscribe(this);
        }

        _actor = null;
        CloseMailbox();
        if (ParentCell is null)
        {
            SystemImpl.RootStopped();
        }
        else
        {
            ParentCell.SendSystem(new DeathWatchNotification(this, existenceConfirmed: true));
        }

        _extras?.DeathWatch?.TellWatchers(this, except: ParentCell);

        // Other threads may still ask a guardian for children, and are to be refused.
        _extras = _extras?.Children is GuardianChildren sealedForGood ? new CellExtras { Children = sealedForGood } : null;
    }

    /// <summary>Ends what belongs to one incarnation; stashed messages go back in line.</summary>
    private void ReleaseIncarnation()
    {
        if (_extras is not { } extras)
        {
            return;
        }

        extras.Timers?.CancelAll();
        extras.Stash?.UnstashAll();
        extras.Behaviors = null;
        extras.Strategy = null;
        extras.Awaited = null;
        _flags &= ~CellFlags.HasBehaviors;
    }

    private void CloseMailbox()
    {
        var ring = Interlocked.CompareExchange(ref _ring, MessageRing.Closed, null);
        ring?.Close();

        // A current message, failed or awaited, is handled; what is in front, in the slot and in the queue is not.
        if (Interlocked.CompareExchange(ref _state, ActorState.Closed, ActorState.Born) != ActorState.Born)
        {
            if (_state == ActorState.SlotFilled)
            {
                HoldSlot();
            }

            _state = ActorState.Closed;
        }

        Complete();
        while (Has(CellFlags.HasFront) && _extras!.Front!.TryPop(out var envelope))
        {
            SystemImpl.DeadLetterRef.Undelivered(envelope.Message, envelope.Sender, this);
        }

        for (var reader = ring?.Reader; reader is not null && (reader.Current.Message is not null || reader.Await()); reader.Release(ref reader.Current))
        {
            SystemImpl.DeadLetterRef.Undelivered(reader.Current.Message!, reader.Current.Sender, this);
        }

        for (var late = Reversed(Interlocked.Exchange(ref _systemMessages, NoMore)); late is not null; late = late.Next)
        {
            AnswerForTheDead(late);
        }
    }
}
