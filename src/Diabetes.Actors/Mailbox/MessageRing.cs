using System.Runtime.InteropServices;

namespace Diabetes.Actors;

/// <summary>
/// One ring of a <see cref="MessageQueue"/>. A producer claims a slot by moving the tail and then fills it; the slot's message, written last, says
/// that it is filled. The consumer empties the slot and then moves the head. A full ring is frozen for good, and the next takes over.
/// </summary>
internal sealed class MessageRing
{
    /// <summary>Stands behind the last ring of a closed queue.</summary>
    public static readonly MessageRing End = new(1);

    private const long Frozen = long.MinValue;

    private readonly Slot[] _slots;
    private MessageRing? _next;
    private Indices _indices;

    public MessageRing(int capacity)
    {
        _slots = new Slot[capacity];
        _indices.Limit = capacity;
    }

    public MessageRing? Next => Volatile.Read(ref _next);

    public bool IsFrozen => Volatile.Read(ref _indices.Tail) < 0;

    public bool IsDrained => (Volatile.Read(ref _indices.Tail) & ~Frozen) == Volatile.Read(ref _indices.Head);

    /// <summary>False if the ring is full or frozen.</summary>
    public bool TryEnqueue(object message, IActorRef? sender)
    {
        var tail = Volatile.Read(ref _indices.Tail);
        while (true)
        {
            if (tail >= Volatile.Read(ref _indices.Limit))
            {
                // The limit is the producers' copy of the head, so that they seldom touch the consumer's cache line. It may lag, never lead.
                var limit = Volatile.Read(ref _indices.Head) + _slots.Length;
                if (tail >= limit)
                {
                    return false;
                }

                Volatile.Write(ref _indices.Limit, limit);
            }
            else if (tail < 0)
            {
                return false;
            }

            var seen = Interlocked.CompareExchange(ref _indices.Tail, tail + 1, tail);
            if (seen == tail)
            {
                break;
            }

            tail = seen;
        }

        ref var slot = ref _slots[tail & (_slots.Length - 1)];
        slot.Sender = sender;
        Volatile.Write(ref slot.Message, message);
        return true;
    }

    /// <summary>False if there is nothing. A slot that is claimed and not yet filled is waited for: its producer is two stores away.</summary>
    public bool TryDequeue(out object? message, out IActorRef? sender)
    {
        var head = _indices.Head;
        ref var slot = ref _slots[head & (_slots.Length - 1)];
        message = Volatile.Read(ref slot.Message);
        if (message is null)
        {
            if (IsDrained)
            {
                sender = null;
                return false;
            }

            var spin = default(SpinWait);
            while ((message = Volatile.Read(ref slot.Message)) is null)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        sender = slot.Sender;
        slot.Message = null;
        slot.Sender = null;
        Volatile.Write(ref _indices.Head, head + 1);
        return true;
    }

    /// <summary>Puts a ring behind this one, if none is, and lets nothing more into this one.</summary>
    public void Grow(int largest)
    {
        if (Next is null)
        {
            Interlocked.CompareExchange(ref _next, new MessageRing(Math.Min(_slots.Length * 2, largest)), null);
        }

        Interlocked.Or(ref _indices.Tail, Frozen);
    }

    /// <summary>Makes this ring the last one; false if it is not.</summary>
    public bool TryEnd()
    {
        var ended = Interlocked.CompareExchange(ref _next, End, null) is null;
        Interlocked.Or(ref _indices.Tail, Frozen);
        return ended;
    }

    private struct Slot
    {
        public object? Message;

        public IActorRef? Sender;
    }

    /// <summary>Producers' and consumer's sides on cache lines of their own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Indices
    {
        [FieldOffset(64)]
        public long Tail;

        [FieldOffset(72)]
        public long Limit;

        [FieldOffset(128)]
        public long Head;
    }
}
