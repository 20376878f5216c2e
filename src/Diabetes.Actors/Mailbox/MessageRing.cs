using System.Runtime.InteropServices;

namespace Diabetes.Actors;

/// <summary>
/// One ring of a mailbox, from the producers' side. A mailbox is a chain of rings, each twice as large as the one before; in a steady state there is one
/// and nothing is allocated. A producer claims a slot by moving the tail, and then fills it. A full ring is frozen for good, and the next takes over.
/// Made only for actors that are sent messages while they are busy.
/// </summary>
internal sealed class MessageRing
{
    /// <summary>Takes nothing: the ring of a stopped actor.</summary>
    public static readonly MessageRing Closed = new(1, null) { _writers = { Tail = Frozen } };

    /// <summary>The bit of the tail that says that the ring takes no more.</summary>
    public const long Frozen = long.MinValue;

    private const int First = 8;
    private const int Largest = 1 << 16;

    private readonly MessageSlot[] _slots;
    private readonly int _mask;
    private readonly MessageReader _reader;
    private MessageRing? _next;
    private Writers _writers;

    public MessageRing()
        : this(First, null)
    {
    }

    private MessageRing(int capacity, MessageReader? reader)
    {
        _slots = new MessageSlot[capacity];
        _mask = capacity - 1;
        _writers.Limit = capacity;
        _reader = reader ?? new MessageReader(this);
    }

    public MessageSlot[] Slots => _slots;

    /// <summary>The consumer's side, shared by all rings of the mailbox.</summary>
    public MessageReader Reader => _reader;

    public MessageRing? Next => Volatile.Read(ref _next);

    /// <summary>Slots claimed so far; negative if the ring is frozen.</summary>
    public long Tail => Volatile.Read(ref _writers.Tail);

    /// <summary>
    /// True if everything enqueued before, by this thread or by one that this thread heard of, is consumed. The claim of a slot counts, not its
    /// filling, so that the interlocked claim orders an enqueue before whatever the producer reads next.
    /// </summary>
    public bool IsEmpty => _reader.Ring == this && Tail == _reader.Index;

    /// <summary>Puts a message into the last of the rings, which <paramref name="last"/> is made to name. False if the mailbox is closed.</summary>
    public static bool Enqueue(ref MessageRing last, object message, IActorRef? sender)
    {
        var ring = Volatile.Read(ref last);
        while (true)
        {
            var tail = ring.Tail;
            if (tail >= Volatile.Read(ref ring._writers.Limit) && !ring.RaiseLimit(tail))
            {
                ring.Grow();
            }
            else if (tail < 0)
            {
                var next = ring.Next;
                if (next is null || next == Closed)
                {
                    return false;
                }

                Interlocked.CompareExchange(ref last, next, ring);
                ring = next;
            }
            else if (Interlocked.CompareExchange(ref ring._writers.Tail, tail + 1, tail) == tail)
            {
                ref var slot = ref ring._slots[(int)tail & ring._mask];
                slot.Sender = sender;
                Volatile.Write(ref slot.Message, message);
                return true;
            }
        }
    }

    /// <summary>The consumer, once: nothing is taken in any more. What was before can still be consumed.</summary>
    public void Close()
    {
        for (var ring = this; ring is not null && ring != Closed; ring = ring.Next)
        {
            Interlocked.CompareExchange(ref ring._next, Closed, null);
            Interlocked.Or(ref ring._writers.Tail, Frozen);
        }
    }

    /// <summary>The ring is full as far as the producers know: looks how far the consumer has come. False if it is full indeed.</summary>
    private bool RaiseLimit(long tail)
    {
        // A ring that is not read yet is full when it is filled once. One that is not read any more is frozen, so a wrong limit does no harm.
        var limit = (_reader.Ring == this ? _reader.Index : 0) + _slots.Length;
        Volatile.Write(ref _writers.Limit, limit);
        return tail < limit;
    }

    /// <summary>Puts a ring behind this one, if none is, and lets nothing more into this one.</summary>
    private void Grow()
    {
        if (Next is null)
        {
            Interlocked.CompareExchange(ref _next, new MessageRing(Math.Min(_slots.Length * 2, Largest), _reader), null);
        }

        Interlocked.Or(ref _writers.Tail, Frozen);
    }

    /// <summary>What producers write, on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private struct Writers
    {
        [FieldOffset(64)]
        public long Tail;

        /// <summary>Where the ring was full when somebody last looked at the consumer. It may lag behind, and never leads.</summary>
        [FieldOffset(72)]
        public long Limit;
    }
}
