using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Keeps the messages that the broker has not confirmed, in order. It is a ring buffer: a confirmed message leaves a hole until all
/// messages before it are confirmed too. Confirms arrive in any order, single and multiple, so a set is kept and not only the highest
/// number. It has no lock, clock or channel; the publisher has those.
/// </summary>
internal sealed class Outbox(int window)
{
    private readonly OutboxMessage[] _ring = new OutboxMessage[window];
    private long _oldest;
    private long _unsent;
    private long _end;

    // The place of the message that is the first on the present channel.
    private long _first;

    /// <summary>The number of messages that are not confirmed.</summary>
    public int Count { get; private set; }

    /// <summary>True while the ring is full because the oldest message is not confirmed.</summary>
    public bool IsFull => _end - _oldest == window;

    /// <summary>Copies the message into the ring if there is room.</summary>
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

    /// <summary>Returns the next message to send on the present channel. Its body is valid until it is confirmed.</summary>
    public bool TryNext(out OutboxMessage message)
    {
        message = _unsent < _end ? Place(_unsent++) : default;
        return message.IsOpen;
    }

    /// <summary>Starts a new channel, which counts from one. All unconfirmed messages have to be sent again, in order.</summary>
    /// <returns>The number of unconfirmed messages that were sent on the former channel.</returns>
    public int Restart()
    {
        var given = 0;
        var place = _end;
        for (var from = _end - 1; from >= _oldest; from--)
        {
            if (Place(from).IsOpen)
            {
                given += from < _unsent ? 1 : 0;

                // Swap, so that the hole keeps its buffer.
                (Place(from), Place(--place)) = (Place(place), Place(from));
            }
        }

        _oldest = _unsent = _first = place;
        return given;
    }

    /// <summary>
    /// Removes the message with number <paramref name="sequence"/> on the channel, because the broker has confirmed it; with
    /// <paramref name="multiple"/> all messages before it too.
    /// </summary>
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
