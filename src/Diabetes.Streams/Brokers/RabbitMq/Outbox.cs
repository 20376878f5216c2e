using System.Buffers;

namespace Diabetes.Streams;

/// <summary>
/// The messages a sink accepted and the broker has not confirmed, in order: a ring in which the confirmed ones leave holes until all before
/// them are confirmed too. Confirms come in any order, single and multiple mixed, so the set is kept and not the highest number. No lock, no
/// clock, no channel: those are the sink's.
/// </summary>
internal sealed class Outbox(int window)
{
    private readonly OutboxMessage?[] _ring = new OutboxMessage?[window];
    private long _oldest;
    private long _unsent;
    private long _end;

    // Place of the message that the present channel counts as its first.
    private long _first;

    /// <summary>Messages accepted and not confirmed.</summary>
    public int Count { get; private set; }

    /// <summary>True while the oldest unconfirmed message holds up the window.</summary>
    public bool IsFull => _end - _oldest == window;

    /// <summary>Messages ever accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>Every message with a lower number is confirmed.</summary>
    public long ConfirmedBefore => _oldest < _end ? Slot(_oldest)!.Value.Number : Accepted;

    public bool TryAdd(byte[] body, int length, IConfirmation? confirmation)
    {
        if (IsFull)
        {
            return false;
        }

        Slot(_end++) = new OutboxMessage(Accepted++, body, length, confirmation);
        Count++;
        return true;
    }

    /// <summary>The next message that the present channel has not been given.</summary>
    public bool TryNext(out OutboxMessage message)
    {
        message = _unsent < _end ? Slot(_unsent++)!.Value : default;
        return message.Body is not null;
    }

    /// <summary>A new channel, which counts from one: everything unconfirmed is to be sent again, in order.</summary>
    /// <returns>How many of them the former channel had been given.</returns>
    public int Restart()
    {
        var given = 0;
        var place = _end;
        for (var from = _end - 1; from >= _oldest; from--)
        {
            if (Slot(from) is { } message)
            {
                given += from < _unsent ? 1 : 0;
                Slot(from) = null;
                Slot(--place) = message;
            }
        }

        _oldest = _unsent = _first = place;
        return given;
    }

    /// <summary>The broker has the message that the channel sent as its <paramref name="sequence"/>th; with <paramref name="multiple"/> all before it too.</summary>
    public void Confirm(ulong sequence, bool multiple, List<IConfirmation> told)
    {
        var last = _first + (long)sequence - 1;
        if (last < _oldest || last >= _unsent)
        {
            return;
        }

        for (var place = multiple ? _oldest : last; place <= last; place++)
        {
            Take(place, told);
        }

        while (_oldest < _unsent && Slot(_oldest) is null)
        {
            _oldest++;
        }
    }

    /// <summary>Gives everything up.</summary>
    public void Clear(List<IConfirmation> told)
    {
        for (; _oldest < _end; _oldest++)
        {
            Take(_oldest, told);
        }

        _unsent = _end;
    }

    private void Take(long place, List<IConfirmation> told)
    {
        if (Slot(place) is { } message)
        {
            Slot(place) = null;
            Count--;
            ArrayPool<byte>.Shared.Return(message.Body);
            if (message.Confirmation is { } confirmation)
            {
                told.Add(confirmation);
            }
        }
    }

    private ref OutboxMessage? Slot(long place) => ref _ring[place % window];
}
