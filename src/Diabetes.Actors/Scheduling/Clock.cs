namespace Diabetes.Actors;

/// <summary>
/// What is to happen later, in one heap over one timer of the <see cref="TimeProvider"/>. Items know their place, so that taking one back frees it at
/// once: most timeouts are taken back. Items of the same instant fire in the order they were scheduled in.
/// </summary>
internal sealed class Clock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private (long Due, long Order, ScheduledItem Item)[] _heap = new (long, long, ScheduledItem)[16];
    private int _count;
    private long _order;
    private long _armedFor = long.MaxValue;
    private bool _stopped;

    public Clock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static clock => ((Clock)clock!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <exception cref="SchedulerException">The system has terminated.</exception>
    public void Schedule(ScheduledItem item, TimeSpan delay, TimeSpan period)
    {
        item.AttachTo(this);
        lock (_gate)
        {
            if (_stopped)
            {
                throw new SchedulerException("The actor system has terminated; nothing can be scheduled in it any more.");
            }

            item.Due = Elapsed.Ticks + Math.Max(0, delay.Ticks);
            item.Period = period.Ticks;
            Push(item);
            Arm();
        }
    }

    public void Remove(ScheduledItem item)
    {
        lock (_gate)
        {
            item.Period = 0;
            if (item.Index >= 0)
            {
                RemoveAt(item.Index);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _count = 0;
            _heap = [];
            _timer.Dispose();
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            _armedFor = long.MaxValue;
        }

        while (NextDue() is { } item)
        {
            // Outside the lock: it tells actors, and a Tell may run what schedules again.
            item.Fire();
        }
    }

    private ScheduledItem? NextDue()
    {
        lock (_gate)
        {
            if (_count == 0 || _heap[0].Due > Elapsed.Ticks)
            {
                Arm();
                return null;
            }

            var item = _heap[0].Item;
            RemoveAt(0);
            if (item.Period > 0)
            {
                item.Due += item.Period;
                Push(item);
            }

            return item;
        }
    }

    /// <summary>Sets the timer for the first item, unless it is set for then or earlier: firing early for one that was taken back is cheaper than setting it for each.</summary>
    private void Arm()
    {
        if (_count == 0 || _heap[0].Due >= _armedFor)
        {
            return;
        }

        _armedFor = _heap[0].Due;
        var delay = TimeSpan.FromTicks(Math.Max(0, _armedFor - Elapsed.Ticks));

        // The system's timers count whole milliseconds and round down, so that without this the last one would be spun through.
        _timer.Change(_time == TimeProvider.System ? TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)) : delay, Timeout.InfiniteTimeSpan);
    }

    private void Push(ScheduledItem item)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        Place(_count++, (item.Due, _order++, item));
        SiftUp(item.Index);
    }

    private void RemoveAt(int index)
    {
        _heap[index].Item.Index = -1;
        var last = _heap[--_count];
        _heap[_count] = default;
        if (index < _count)
        {
            Place(index, last);
            SiftUp(index);
            SiftDown(last.Item.Index);
        }
    }

    private void SiftUp(int index)
    {
        var entry = _heap[index];
        for (var parent = (index - 1) / 2; index > 0 && Before(entry, _heap[parent]); parent = (index - 1) / 2)
        {
            Place(index, _heap[parent]);
            index = parent;
        }

        Place(index, entry);
    }

    private void SiftDown(int index)
    {
        var entry = _heap[index];
        for (var child = (index * 2) + 1; child < _count; child = (index * 2) + 1)
        {
            if (child + 1 < _count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], entry))
            {
                break;
            }

            Place(index, _heap[child]);
            index = child;
        }

        Place(index, entry);
    }

    private void Place(int index, (long Due, long Order, ScheduledItem Item) entry)
    {
        _heap[index] = entry;
        entry.Item.Index = index;
    }

    private static bool Before(in (long Due, long Order, ScheduledItem) left, in (long Due, long Order, ScheduledItem) right)
        => left.Due != right.Due ? left.Due < right.Due : left.Order < right.Order;
}
