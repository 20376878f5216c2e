namespace Diabetes.Amqp.Client;

/// <summary>
/// The delivery tags of one channel: which are open, which are settled and not sent on yet, and the fewest commands that say so. An ack with
/// <c>multiple</c> settles all that came before, so it stops short of the oldest delivery that is still open, and nacks go first. No lock:
/// that is the consumer's.
/// </summary>
internal sealed class Settlements
{
    private readonly HashSet<ulong> _open = [];

    // Open tags in the order they came, with settled ones among them until they reach the head or a clean-up.
    private readonly Queue<ulong> _order = new();
    private readonly List<ulong> _acked = [];
    private readonly List<ulong> _nacked = [];

    /// <summary>Deliveries handed out and not settled.</summary>
    public int Open => _open.Count;

    /// <summary>Settlements that the broker has not been told of.</summary>
    public int Pending => _acked.Count + _nacked.Count;

    /// <summary>A delivery is handed out. Tags come in ascending order.</summary>
    public void Add(ulong tag)
    {
        if (_order.Count > 64 + (2 * _open.Count))
        {
            // A delivery that stays open for long holds up the head; what was settled behind it must not pile up.
            for (var left = _order.Count; left > 0; left--)
            {
                if (_order.Dequeue() is var old && _open.Contains(old))
                {
                    _order.Enqueue(old);
                }
            }
        }

        _open.Add(tag);
        _order.Enqueue(tag);
    }

    /// <returns>False for a tag that is not open (any more).</returns>
    public bool Settle(ulong tag, bool ack)
    {
        if (!_open.Remove(tag))
        {
            return false;
        }

        (ack ? _acked : _nacked).Add(tag);
        return true;
    }

    /// <summary>Moves what is pending into <paramref name="commands"/>, in the order in which it must be sent.</summary>
    public void Drain(List<SettleCommand> commands)
    {
        foreach (var tag in _nacked)
        {
            commands.Add(new SettleCommand(tag, Ack: false, Multiple: false));
        }

        while (_order.TryPeek(out var head) && !_open.Contains(head))
        {
            _order.Dequeue();
        }

        var oldestOpen = _order.TryPeek(out var oldest) ? oldest : ulong.MaxValue;
        var (together, highest) = (0, 0UL);
        foreach (var tag in _acked)
        {
            if (tag > oldestOpen)
            {
                commands.Add(new SettleCommand(tag, Ack: true, Multiple: false));
            }
            else
            {
                together++;
                highest = Math.Max(highest, tag);
            }
        }

        if (together > 0)
        {
            commands.Add(new SettleCommand(highest, Ack: true, Multiple: together > 1));
        }

        _nacked.Clear();
        _acked.Clear();
    }

    /// <summary>The channel is gone and its tags with it.</summary>
    public void Clear()
    {
        _open.Clear();
        _order.Clear();
        _acked.Clear();
        _nacked.Clear();
    }
}

/// <summary>One ack or nack as the broker is to hear it; with <paramref name="Multiple"/> for all deliveries up to the tag.</summary>
internal readonly record struct SettleCommand(ulong Tag, bool Ack, bool Multiple);
