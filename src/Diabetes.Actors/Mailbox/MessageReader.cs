using System.Runtime.InteropServices;

namespace Diabetes.Actors;

/// <summary>The consumer's side of a mailbox's rings. All of it belongs to the run of the cell; producers look at how far it has come when a ring seems full.</summary>
internal sealed class MessageReader(MessageRing first)
{
    private MessageRing _ring = first;
    private MessageSlot[] _slots = first.Slots;
    private Position _position = new() { Mask = first.Slots.Length - 1 };

    /// <summary>The ring that is read.</summary>
    public MessageRing Ring => Volatile.Read(ref _ring);

    /// <summary>How many slots of it have been given back.</summary>
    public long Index => Volatile.Read(ref _position.Index);

    /// <summary>The slot of the oldest message, or the one that the next message will come into.</summary>
    public ref MessageSlot Current => ref _slots[(int)_position.Index & _position.Mask];

    /// <summary>Gives the current slot, the message of which is handled, back to the producers.</summary>
    public void Release(ref MessageSlot current)
    {
        current.Message = null;
        current.Sender = null;
        Volatile.Write(ref _position.Index, _position.Index + 1);
    }

    /// <summary>
    /// The current slot looks empty: true if it is not after all, or if another slot, of the next ring, is current now and is not; false if there is no
    /// message.
    /// </summary>
    public bool Await()
    {
        while (true)
        {
            var tail = _ring.Tail;
            if ((tail & ~MessageRing.Frozen) != _position.Index)
            {
                // Claimed: its producer is two stores away.
                var spin = default(SpinWait);
                while (Volatile.Read(ref Current.Message) is null)
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                }

                return true;
            }

            if (tail >= 0 || _ring.Next is not { } next || next == MessageRing.Closed)
            {
                return false;
            }

            (_slots, _position.Mask) = (next.Slots, next.Slots.Length - 1);
            Volatile.Write(ref _position.Index, 0);
            Volatile.Write(ref _ring, next);
        }
    }

    /// <summary>What is written at every message, on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Position
    {
        [FieldOffset(64)]
        public long Index;

        [FieldOffset(72)]
        public int Mask;
    }
}
