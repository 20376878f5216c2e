using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// The messages a publisher accepted and the broker has not confirmed, in order: a ring in which the confirmed ones leave holes until all before
/// them are confirmed too. Confirms come in any order, single and multiple mixed, so the set is kept and not the highest number. No lock, no
/// clock, no channel: those are the publisher's.
/// </summary>
internal sealed class Outbox(int window)
{
    private readonly OutboxMessage[] _ring = new OutboxMessage[window];
    private long _oldest;
    private long _unsent;
    private long _end;

    // Place of the message that the present channel counts as its first.
    private long _first;

    /// <summary>Messages accepted and not confirmed.</summary>
    public int Count { get; private set; }

    /// <summary>True while the oldest unconfirmed message holds up the window.</summary>
    public bool IsFull => _end - _oldest == window;

    /// <summary>Copies the message in, if there is room.</summary>
    public bool TryAdd(long number, CachedString routingKey, BasicProperties? properties, ReadOnlySpan<byte> body)
    {
        if (IsFull)
        {
            return false;
        }

        Place(_end++).Fill(number, routingKey, properties, body);
        Count++;
        return true;
    }

    /// <summary>The next message that the present channel has not been given. Its body is good until it is confirmed.</summary>
    public bool TryNext(out OutboxMessage message)
    {
        message = _unsent < _end ? Place(_unsent++) : default;
        return message.IsOpen;
    }

    /// <summary>A new channel, which counts from one: everything unconfirmed is to be sent again, in order.</summary>
    /// <returns>How many of them the former channel had been given.</returns>
    public int Restart()
    {
        var given = 0;
        var place = _end;
        for (var from = _end - 1; from >= _oldest; from--)
        {
            if (Place(from).IsOpen)
            {
                given += from < _unsent ? 1 : 0;

                // The other way round too: the hole's buffer is kept.
                (Place(from), Place(--place)) = (Place(place), Place(from));
            }
        }

        _oldest = _unsent = _first = place;
        return given;
    }

    /// <summary>The broker has the message that the channel sent as its <paramref name="sequence"/>th; with <paramref name="multiple"/> all before it too.</summary>
    public void Confirm(ulong sequence, bool multiple, List<long> confirmed)
    {
        var last = _first + (long)sequence - 1;
        if (last < _oldest || last >= _unsent)
        {
            return;
        }

        for (var place = multiple ? _oldest : last; place <= last; place++)
        {
            Take(place, confirmed);
        }

        while (_oldest < _unsent && !Place(_oldest).IsOpen)
        {
            _oldest++;
        }
    }

    private void Take(long place, List<long> confirmed)
    {
        ref var message = ref Place(place);
        if (message.IsOpen)
        {
            confirmed.Add(message.Number);
            message.Empty();
            Count--;
        }
    }

    private ref OutboxMessage Place(long place) => ref _ring[place % window];
}
