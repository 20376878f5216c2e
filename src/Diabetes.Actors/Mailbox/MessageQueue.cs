namespace Diabetes.Actors;

/// <summary>
/// Unbounded queue of envelopes for many producers and one consumer, without locks: a chain of rings, each twice as large as the one before.
/// In a steady state there is one ring and nothing is allocated. Made only for actors that receive while they are busy.
/// </summary>
internal sealed class MessageQueue
{
    /// <summary>Takes nothing; the queue of a stopped actor that never had one.</summary>
    public static readonly MessageQueue Closed = CreateClosed();

    private const int FirstRing = 8;
    private const int LargestRing = 1 << 16;

    private MessageRing _tail;
    private MessageRing _head;

    public MessageQueue() => _head = _tail = new MessageRing(FirstRing);

    /// <summary>
    /// True if everything enqueued before, by this thread or by one that this thread heard of, is consumed. The claim of a slot counts, not its
    /// filling, so that the interlocked claim orders an enqueue before whatever the producer reads next.
    /// </summary>
    public bool IsEmpty
    {
        get
        {
            var ring = Volatile.Read(ref _head);
            return ring.IsDrained && !ring.IsFrozen;
        }
    }

    /// <summary>Any thread. False if the queue is closed.</summary>
    public bool Enqueue(object message, IActorRef? sender)
    {
        var ring = Volatile.Read(ref _tail);
        while (!ring.TryEnqueue(message, sender))
        {
            if (!ring.IsFrozen)
            {
                ring.Grow(LargestRing);
            }

            var next = ring.Next!;
            if (next == MessageRing.End)
            {
                return false;
            }

            Interlocked.CompareExchange(ref _tail, next, ring);
            ring = next;
        }

        return true;
    }

    /// <summary>The consumer. False if there is nothing.</summary>
    public bool TryDequeue(out object? message, out IActorRef? sender)
    {
        var ring = _head;
        while (!ring.TryDequeue(out message, out sender))
        {
            // Frozen before looked at again: what was claimed before the freeze is then seen.
            if (!ring.IsFrozen || ring.Next == MessageRing.End)
            {
                return false;
            }

            if (!ring.IsDrained)
            {
                continue;
            }

            Volatile.Write(ref _head, ring = ring.Next!);
        }

        return true;
    }

    /// <summary>The consumer, once: nothing is taken any more. What was taken before can still be dequeued.</summary>
    public void Close()
    {
        var ring = Volatile.Read(ref _tail);
        while (!ring.TryEnd())
        {
            ring = ring.Next!;
        }
    }

    private static MessageQueue CreateClosed()
    {
        var queue = new MessageQueue();
        queue.Close();
        return queue;
    }
}
