namespace Diabetes.Actors;

/// <content>
/// What happens when an actor fails: it and its children are suspended, the parent is told, and the parent's strategy answers with resume, restart
/// or stop, or fails itself with the child's failure.
/// </content>
internal partial class ActorCell
{
    private SupervisorStrategy Strategy
        => Extras().Strategy ??= Props.SupervisorStrategy ?? _actor?.OwnStrategy() ?? SupervisorStrategy.DefaultStrategy;

    public void FaultSuspend()
    {
        _suspensions++;
        SuspendChildren(except: null);
    }

    public void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }

        var perpetrator = _extras?.Perpetrator;
        EndSuspension();
        if (causedByFailure is not null)
        {
            ClearFailed();
        }

        foreach (var child in ChildrenNow())
        {
            child.SendSystem(new ResumeMessage(ReferenceEquals(child, perpetrator) ? causedByFailure : null));
        }
    }

    public void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }

        if (Has(CellFlags.Terminating) || _extras?.Children?.Awaited is AwaitedDeaths.ForRecreation or AwaitedDeaths.ForCreation)
        {
            // On its way already; only the count of suspensions is to be kept even.
            FaultResume(null);
            return;
        }

        var message = CurrentMessage;
        try
        {
            _actor.AroundPreRestart(cause, message);
        }
        catch (Exception failure)
        {
            PublishError(new PreRestartException(this, failure, cause, message), "PreRestart failed; the restart goes on.");
        }

        ReleaseIncarnation();
        if (_extras?.Children?.Await(AwaitedDeaths.ForRecreation, cause) != true)
        {
            FinishRecreate(cause);
        }
    }

    /// <summary>A child failed: asks the strategy.</summary>
    public void HandleFailed(ActorCell child, Exception cause)
    {
        if (child.Mark == ChildMark.Removed || _actor is null)
        {
            return;
        }

        var extras = Extras();
        extras.FailedChild = child;
        try
        {
            if (!Strategy.HandleFailure(this, child, cause))
            {
                Fail(cause, child);
            }
        }
        catch (Exception failure)
        {
            Fail(failure, child);
        }
        finally
        {
            if (_extras is not null)
            {
                _extras.FailedChild = null;
            }
        }
    }

    public RestartStatistics RestartStatisticsOf(ActorCell child) => _extras!.Children!.Statistics(child);

    public ActorCell[] ChildrenNow() => _extras?.Children?.ToArray() ?? [];

    public static void RestartChild(ActorCell child, Exception cause, bool suspendFirst)
    {
        if (suspendFirst)
        {
            child.SendSystem(new SuspendMessage());
        }

        child.SendSystem(new RecreateMessage(cause));
    }

    /// <summary>This actor failed, or <paramref name="perpetrator"/> below it did and nobody could help.</summary>
    private void Fail(Exception cause, ActorCell perpetrator)
    {
        if (Has(CellFlags.Failed) || _state == ActorState.Closed)
        {
            PublishError(cause, "Failed once more while failed or stopping; this failure has no further effect.");
            return;
        }

        _flags |= CellFlags.Failed;
        _suspensions++;
        Extras().Perpetrator = perpetrator;
        SuspendChildren(except: perpetrator);
        if (ParentCell is null)
        {
            SystemImpl.RootFailed(cause);
        }
        else
        {
            ParentCell.SendSystem(new FailedMessage(this, cause));
        }
    }

    /// <summary>Restarts an actor that never came to be.</summary>
    private void FaultCreate()
    {
        _extras?.ReceiveTimeout?.Set(null);
        foreach (var child in ChildrenNow())
        {
            Stop(child);
        }

        if (_extras?.Children?.Await(AwaitedDeaths.ForCreation) != true)
        {
            FinishCreate();
        }
    }

    private void FinishCreate()
    {
        EndSuspension();
        ClearFailed();
        Create();
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildrenNow();
        _actor = null;
        EndSuspension();
        ClearFailed();
        if (Has(CellFlags.Awaiting))
        {
            // The handler that was under way belongs to the old instance; its end concerns nobody any more.
            _flags &= ~CellFlags.Awaiting;
            EndSuspension();
            Complete();
        }

        try
        {
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null);
            foreach (var child in survivors)
            {
                child.SendSystem(new RecreateMessage(cause));
            }
        }
        catch (Exception failure)
        {
            Fail(new PostRestartException(this, failure, cause), this);
        }
    }

    private void EndSuspension()
    {
        if (_suspensions > 0)
        {
            _suspensions--;
        }
    }

    private void ClearFailed()
    {
        _flags &= ~CellFlags.Failed;
        if (_extras is not null)
        {
            _extras.Perpetrator = null;
        }

        if (!Has(CellFlags.Awaiting))
        {
            // The message that failed is not handled again.
            Complete();
        }
    }

    private void SuspendChildren(ActorCell? except)
    {
        foreach (var child in ChildrenNow())
        {
            if (child != except)
            {
                child.SendSystem(new SuspendMessage());
            }
        }
    }

    private void PublishError(Exception failure, string what)
        => SystemImpl.EventStream.Publish(new Error(failure, Path.ToString(), Props.Type, what) { Timestamp = SystemImpl.EventStream.UtcNow });
}
