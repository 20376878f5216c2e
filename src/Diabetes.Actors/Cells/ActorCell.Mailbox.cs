namespace Diabetes.Actors;

/// <content>
/// How messages reach a cell. The first message to an idle cell goes into a slot of the cell itself, so that an actor that is idle whenever a message
/// comes never has a queue. Whoever moves the state from idle to scheduled owns the slot and hands the cell to the thread pool; everybody else enqueues
/// and then looks at the state once more. The run, before it gives up, makes the state idle and then looks at the queue once more: one of the two
/// sees the other, so no message waits in an idle cell.
/// </content>
internal partial class ActorCell
{
    private volatile ActorState _state;

    // The slot. Owned by whoever made the state SlotFilled, then by the run.
    private object? _message;
    private IActorRef? _sender;

    // The producers' and the run's side of the queue; both null until a message comes while the cell is busy.
    private MessageRing? _ring;
    private MessageReader? _reader;
    private MessagePlace _place;
    private SystemMessage? _systemMessages;

    /// <summary>Stands for the list of system messages of a stopped cell.</summary>
    private static readonly SystemMessage NoMore = new TerminateMessage();

    public virtual void Tell(object message, IActorRef? sender)
    {
        InvalidMessageException.ThrowIfNull(message);
        var state = _state;
        if (state == ActorState.Idle)
        {
            // The queue must be empty: an older message of this sender could be in it still, and would be overtaken.
            var ring = Volatile.Read(ref _ring);
            if ((ring is null || ring.IsEmpty) && Interlocked.CompareExchange(ref _state, ActorState.SlotFilled, ActorState.Idle) == ActorState.Idle)
            {
                _sender = sender;
                _message = message;
                Schedule();
                return;
            }
        }
        else if (state == ActorState.Born && Interlocked.CompareExchange(ref _state, ActorState.SlotFilled, ActorState.Born) == ActorState.Born)
        {
            // Scheduled already, perhaps running: the message, written last, is what the run waits for.
            _sender = sender;
            Volatile.Write(ref _message, message);
            return;
        }

        Enqueue(message, sender);
    }

    public void SendSystem(SystemMessage message)
    {
        var head = Volatile.Read(ref _systemMessages);
        while (true)
        {
            if (head == NoMore)
            {
                AnswerForTheDead(message);
                return;
            }

            message.Next = head;
            var seen = Interlocked.CompareExchange(ref _systemMessages, message, head);
            if (seen == head)
            {
                break;
            }

            head = seen;
        }

        var state = _state;
        if (state is ActorState.Idle or ActorState.Suspended && Interlocked.CompareExchange(ref _state, ActorState.Busy, state) == state)
        {
            Schedule();
        }
    }

    private void Enqueue(object message, IActorRef? sender)
    {
        if (_ring is null)
        {
            Interlocked.CompareExchange(ref _ring, new MessageRing(), null);
        }

        if (!MessageRing.Enqueue(ref _ring, message, sender))
        {
            SystemImpl.DeadLetterRef.Undelivered(message, sender, this);
            return;
        }

        // The claim inside Enqueue is a full fence: either this read sees the idle cell or its run sees the claim.
        if (_state == ActorState.Idle
            && Interlocked.CompareExchange(ref _state, ActorState.Busy, ActorState.Idle) == ActorState.Idle)
        {
            Schedule();
        }
    }

    private void Schedule() => Schedule(CellThread.KeepsNext());

    private void Schedule(bool preferLocal)
    {
        if (_family.Dispatcher is { } dispatcher)
        {
            dispatcher.Schedule(this, preferLocal);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal);
        }
    }

    private bool HasFirst => Has(CellFlags.HasFront) || _state == ActorState.SlotFilled;

    /// <summary>The next message, which becomes the current one; null if there is none.</summary>
    private object? Take()
    {
        if (HasFirst)
        {
            return TakeFirst();
        }

        _reader ??= _ring?.Reader;
        if (_reader is null || (_reader.Current.Message is null && !_reader.Await()))
        {
            return null;
        }

        _place = MessagePlace.Queue;
        return Volatile.Read(ref _reader.Current.Message);
    }

    private object? TakeFirst()
    {
        if (Has(CellFlags.HasFront))
        {
            var front = _extras!.Front!;
            if (_state == ActorState.SlotFilled)
            {
                // The slot is needed for the current message, so what is in it goes in line first. Only a new cell can come here.
                HoldSlot();
            }

            (_message, _sender) = (front.Peek().Message, front.Pop().Sender);
            if (front.Count == 0)
            {
                _flags &= ~CellFlags.HasFront;
            }
        }
        else
        {
            AwaitSlot();
            _state = ActorState.Busy;
        }

        _place = MessagePlace.Slot;
        return _message;
    }

    /// <summary>The current message is handled, or will never be.</summary>
    private void Complete()
    {
        switch (_place)
        {
            case MessagePlace.Slot:
                _message = null;
                _sender = null;
                break;
            case MessagePlace.Queue:
                _reader!.Release(ref _reader.Current);
                break;
        }

        _place = MessagePlace.None;
    }

    private object? CurrentMessage => _place switch
    {
        MessagePlace.Slot => _message,
        MessagePlace.Queue => _reader!.Current.Message,
        _ => null,
    };

    private IActorRef? CurrentSender => _place switch
    {
        MessagePlace.Slot => _sender,
        MessagePlace.Queue => _reader!.Current.Sender,
        _ => null,
    };

    private void ReplaceMessage(object content)
    {
        if (_place == MessagePlace.Slot)
        {
            _message = content;
        }
        else
        {
            _reader!.Current.Message = content;
        }
    }

    private void AwaitSlot()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _message) is null)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Moves the slot's message behind those in front, and so before those in the queue.</summary>
    private void HoldSlot()
    {
        AwaitSlot();
        var front = Extras().Front ??= new Stack<Envelope>();
        var before = front.ToArray();
        front.Clear();
        front.Push(new Envelope(_message!, _sender));
        for (var i = before.Length - 1; i >= 0; i--)
        {
            front.Push(before[i]);
        }

        _flags |= CellFlags.HasFront;
        _message = null;
        _state = ActorState.Busy;
    }

    /// <summary>Tries to give the cell up for now; false if there is something to do after all.</summary>
    private bool TryIdle()
    {
        if (_suspensions > 0)
        {
            if (Interlocked.CompareExchange(ref _state, ActorState.Suspended, ActorState.Born) == ActorState.Born)
            {
                return !(HasSystemMessages && Reclaim(ActorState.Suspended));
            }

            if (_state == ActorState.SlotFilled)
            {
                HoldSlot();
            }

            // The current message, if there is one, stays: it is the one that failed or is awaited.
            Interlocked.Exchange(ref _state, ActorState.Suspended);
            return !(HasSystemMessages && Reclaim(ActorState.Suspended));
        }

        // Read once: a sender may fill the slot of a new cell between two looks, and what follows would take it for a busy one and forget the slot.
        var state = _state;
        if (Has(CellFlags.HasFront) || state == ActorState.SlotFilled)
        {
            return false;
        }

        if (state == ActorState.Born)
        {
            return Interlocked.CompareExchange(ref _state, ActorState.Idle, ActorState.Born) == ActorState.Born
                && !(HasSystemMessages && Reclaim(ActorState.Idle));
        }

        Interlocked.Exchange(ref _state, ActorState.Idle);
        return !((HasSystemMessages || _ring is { IsEmpty: false }) && Reclaim(ActorState.Idle));
    }

    private bool HasSystemMessages => Volatile.Read(ref _systemMessages) is not null;

    private bool Reclaim(ActorState from) => Interlocked.CompareExchange(ref _state, ActorState.Busy, from) == from;
}
