namespace Diabetes.Amqp.Client;

/// <summary>
/// Keeps the delivery tags of one channel (open, or settled and not yet sent) and finds the fewest commands to settle them. An ack with
/// <c>multiple</c> settles everything before it, so it must stop before the oldest open delivery, and nacks are sent first. The consumer
/// holds the lock.
/// </summary>
internal sealed class Settlements
{
    private readonly HashSet<ulong> _open = [];

    // Open tags in the order of arrival. Settled tags stay among them until they reach the head or are removed.
    private readonly Queue<ulong> _order = new();
    private readonly List<ulong> _acked = [];
    private readonly List<ulong> _nacked = [];

    /// <summary>The number of open deliveries.</summary>
    public int Open => _open.Count;

    /// <summary>The number of acks and nacks that are not sent yet.</summary>
    public int Pending => _acked.Count + _nacked.Count;

    /// <summary>Adds a delivery. Tags arrive in ascending order.</summary>
    public void Add(ulong tag)
    {
        if (_order.Count > 64 + (2 * _open.Count))
        {
            // A delivery that stays open for long blocks the head, so remove settled tags behind it before they pile up.
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

    /// <returns>False if the tag is not open, or no longer.</returns>
    public bool Settle(ulong tag, bool ack)
    {
        if (!_open.Remove(tag))
        {
            return false;
        }

        (ack ? _acked : _nacked).Add(tag);
        return true;
    }

    /// <summary>Moves the pending acks and nacks into <paramref name="commands"/>, in the order in which they must be sent.</summary>
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

    /// <summary>Forgets all tags, because the channel is closed.</summary>
    public void Clear()
    {
        _open.Clear();
        _order.Clear();
        _acked.Clear();
        _nacked.Clear();
    }
}

/// <summary>Holds one ack or nack to send; with <paramref name="Multiple"/> it covers all deliveries up to the tag.</summary>
internal readonly record struct SettleCommand(ulong Tag, bool Ack, bool Multiple);
