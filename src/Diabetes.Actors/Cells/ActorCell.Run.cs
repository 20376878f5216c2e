namespace Diabetes.Actors;

/// <content>How messages are handled: a run takes the system messages, then user messages, up to a batch, with system messages in between.</content>
internal partial class ActorCell
{
    /// <summary>User messages handled before the thread goes on to other actors.</summary>
    private const int Throughput = 30;

    void IThreadPoolWorkItem.Execute()
    {
        var thread = CellThread.Here;
        thread.Current = this;
        try
        {
            if (!Has(CellFlags.Created))
            {
                _flags |= CellFlags.Created;
                Create();
            }

            Run();
        }
        finally
        {
            thread.Current = null;
        }
    }

    private void Run()
    {
        var left = Throughput;
        while (true)
        {
            if (HasSystemWork)
            {
                HandleSystemMessages();
                if (_state == ActorState.Closed)
                {
                    return;
                }
            }

            if (_suspensions == 0 && left > 0 && HandleMessages(ref left))
            {
                continue;
            }

            if (TryIdle())
            {
                return;
            }

            if (left == 0)
            {
                // Behind everybody else's work: preferring the local queue here would let a busy actor keep its thread.
                Schedule(preferLocal: false);
                return;
            }
        }
    }

    private bool HasSystemWork => HasSystemMessages || Has(CellFlags.StopRequested);

    /// <summary>Handles messages until something else is to be done; false if there are no more.</summary>
    private bool HandleMessages(ref int left)
    {
        try
        {
            while (Take() is { } message)
            {
                left--;
                HandleTaken(message);
                if (Has(CellFlags.Awaiting))
                {
                    return true;
                }

                Complete();
                if (left == 0 || HasSystemWork)
                {
                    return true;
                }

                if (_flags == CellFlags.Created && !HasFirst && _reader is not null)
                {
                    return HandleQueue(_reader, ref left);
                }
            }

            return false;
        }
        catch (Exception failure)
        {
            Fail(failure, this);
            return true;
        }
    }

    /// <summary>
    /// The shortest way through the queue, for a cell that nothing special is to be looked at for. A message does not write to the cell, whose cache line
    /// its senders read.
    /// </summary>
    private bool HandleQueue(MessageReader reader, ref int left)
    {
        var actor = _actor!;
        _place = MessagePlace.Queue;
        do
        {
            ref var slot = ref reader.Current;
            var message = Volatile.Read(ref slot.Message);
            if (message is null)
            {
                _place = MessagePlace.None;
                return false;
            }

            left--;
            if (message is IAutoReceivedMessage)
            {
                HandleAutomatically(message);
            }
            else if (!actor.Handle(message))
            {
                actor.HandleUnhandled(message);
            }

            if (Has(CellFlags.Awaiting))
            {
                return true;
            }

            reader.Release(ref slot);
        }
        while (left > 0 && _flags == CellFlags.Created && !HasSystemMessages);
        _place = MessagePlace.None;
        return true;
    }

    private void HandleTaken(object message)
    {
        if (Has(CellFlags.HasReceiveTimeout | CellFlags.Stashed))
        {
            _flags &= ~CellFlags.Stashed;
            if (Has(CellFlags.HasReceiveTimeout) && message is not INotInfluenceReceiveTimeout)
            {
                _extras!.ReceiveTimeout!.Touch();
            }
        }

        if (message is IAutoReceivedMessage)
        {
            HandleAutomatically(message);
        }
        else
        {
            Receive(message);
        }
    }

    private void Receive(object message)
    {
        var actor = _actor!;
        if (!(Has(CellFlags.HasBehaviors) ? _extras!.Behaviors!.Peek()(message) : actor.Handle(message)))
        {
            actor.HandleUnhandled(message);
        }
    }

    private void HandleAutomatically(object message)
    {
        switch (message)
        {
            case PoisonPill:
                Stop(this);
                break;
            case Kill:
                throw new ActorKilledException($"{this} received Kill.");
            case Terminated terminated:
                if (_extras?.DeathWatch?.Deliver(terminated.ActorRef) == true)
                {
                    Receive(terminated);
                }

                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, this), this);
                break;
            case TimerMessage timer:
                if (timer.TryTake(out var content))
                {
                    ReplaceMessage(content);
                    HandleTaken(content);
                }

                break;
            case ReceiveTimeoutTimer.Alarm alarm:
                if (alarm.TryTake())
                {
                    ReplaceMessage(Diabetes.Actors.ReceiveTimeout.Instance);
                    Receive(Diabetes.Actors.ReceiveTimeout.Instance);
                }

                break;
            default:
                Receive(message);
                break;
        }
    }

    private void HandleSystemMessages()
    {
        if (Has(CellFlags.StopRequested))
        {
            _flags &= ~CellFlags.StopRequested;
            Terminate();
        }

        while (_state != ActorState.Closed && Interlocked.Exchange(ref _systemMessages, null) is { } newest)
        {
            for (var next = Reversed(newest); next is not null;)
            {
                var message = next;
                next = message.Next;
                message.Next = null;
                if (_state == ActorState.Closed)
                {
                    AnswerForTheDead(message);
                }
                else
                {
                    HandleSystemMessage(message);
                }
            }
        }
    }

    private void HandleSystemMessage(SystemMessage message)
    {
        try
        {
            message.Invoke(this);
        }
        catch (Exception failure)
        {
            Fail(failure, this);
        }
    }

    private static SystemMessage? Reversed(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            (newest.Next, oldest, newest) = (oldest, newest, newest.Next);
        }

        return oldest;
    }

    /// <summary>What a stopped cell still owes: its death to those who watch it.</summary>
    private void AnswerForTheDead(SystemMessage message)
    {
        switch (message)
        {
            case WatchMessage watch:
                watch.Watcher.SendSystem(new DeathWatchNotification(this, existenceConfirmed: false));
                break;
            case SelectMessage select:
                select.Undeliverable();
                break;
            case ContinuationMessage continuation:
                continuation.Orphaned();
                break;
            case AsyncDoneMessage { Task.Exception: { } failure }:
                PublishError(failure.InnerException ?? failure, "An asynchronous handler failed after its actor had stopped.");
                break;
        }
    }
}
