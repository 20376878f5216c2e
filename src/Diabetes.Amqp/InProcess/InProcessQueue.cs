using System.Buffers;
using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp.InProcess;

/// <summary>
/// One queue: messages that wait, consumers that take turns, publishers that wait for room. One pump hands messages out, one at a time, on
/// the thread pool; it runs only while there is a message and a consumer with room for it.
/// </summary>
internal sealed class InProcessQueue(int capacity) : IThreadPoolWorkItem
{
    // Messages the pump hands out before it lets other work of the pool run.
    private const int Turn = 256;

    // Publishers that wait are told once a quarter of the queue is free, so that they are not woken for every message.
    private readonly int _low = capacity - Math.Max(1, capacity / 4);

    private readonly Lock _gate = new();
    private readonly Queue<InProcessMessage> _fresh = new();

    // What came back was taken from the head, so all of it goes before all that is fresh; among itself it keeps the order of publishing.
    private readonly PriorityQueue<InProcessMessage, long> _returned = new();
    private readonly HashSet<InProcessPublisher> _publishers = [];
    private readonly List<InProcessConsumer> _consumers = [];
    private InProcessConsumer? _receiving;
    private long _sequence;
    private int _turn;
    private bool _pumping;
    private bool _closed;

    public QueueDepth Depth
    {
        get
        {
            lock (_gate)
            {
                return new QueueDepth(Waiting, _consumers.Count);
            }
        }
    }

    private int Waiting => _fresh.Count + _returned.Count;

    /// <summary>Takes the message if there is room; owns <paramref name="buffer"/> then. Else the publisher is told when there is.</summary>
    public bool TryPublish(byte[] buffer, int length, MessageProperties? properties, InProcessPublisher publisher)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InProcessConnection));
            if (Waiting >= capacity)
            {
                _publishers.Add(publisher);
                return false;
            }

            _fresh.Enqueue(new InProcessMessage(buffer, length, properties, ++_sequence, Redelivered: false));
            Wake();
            return true;
        }
    }

    public void Add(InProcessConsumer consumer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InProcessConnection));
            _consumers.Add(consumer);
            Wake();
        }
    }

    /// <summary>Completes when the consumer is handed no more messages.</summary>
    public Task StopAsync(InProcessConsumer consumer)
    {
        lock (_gate)
        {
            consumer.Stopped = true;
            return Returned(consumer);
        }
    }

    /// <summary>Takes back what the consumer left unsettled, at its old place.</summary>
    public Task RemoveAsync(InProcessConsumer consumer)
    {
        lock (_gate)
        {
            consumer.Stopped = true;
            _consumers.Remove(consumer);
            foreach (var message in consumer.Held.Values)
            {
                TakeBack(message);
            }

            consumer.Held.Clear();
            Wake();
            return Returned(consumer);
        }
    }

    /// <summary>Settles one delivery. One whose consumer left is not known any more, and was taken back then.</summary>
    public void Settle(InProcessConsumer consumer, ulong tag, bool ack)
    {
        InProcessMessage message;
        lock (_gate)
        {
            if (!consumer.Held.Remove(tag, out message))
            {
                return;
            }

            if (!ack)
            {
                TakeBack(message);
            }

            Wake();
        }

        if (ack)
        {
            ArrayPool<byte>.Shared.Return(message.Buffer);
        }
    }

    public int Held(InProcessConsumer consumer)
    {
        lock (_gate)
        {
            return consumer.Held.Count;
        }
    }

    public void Close()
    {
        InProcessPublisher[] waiting;
        lock (_gate)
        {
            _closed = true;
            _consumers.Clear();
            waiting = [.. _publishers];
            _publishers.Clear();
        }

        foreach (var publisher in waiting)
        {
            // It tries, and finds the connection closed.
            publisher.Room();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var handed = 0; handed < Turn; handed++)
        {
            var consumer = Next(out var message, out var tag, out var publishers);
            foreach (var publisher in publishers)
            {
                publisher.Room();
            }

            if (consumer is null)
            {
                return;
            }

            consumer.Receive(message, tag);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private InProcessConsumer? Next(out InProcessMessage message, out ulong tag, out InProcessPublisher[] publishers)
    {
        publishers = [];
        lock (_gate)
        {
            _receiving?.Idle?.TrySetResult();
            _receiving = Waiting > 0 ? WithRoom() : null;
            if (_receiving is null)
            {
                (message, tag, _pumping) = (default, 0, false);
                return null;
            }

            message = _returned.Count > 0 ? _returned.Dequeue() : _fresh.Dequeue();
            tag = ++_receiving.LastTag;
            _receiving.Held.Add(tag, message);
            if (_publishers.Count > 0 && Waiting <= _low)
            {
                publishers = [.. _publishers];
                _publishers.Clear();
            }

            return _receiving;
        }
    }

    private InProcessConsumer? WithRoom()
    {
        for (var i = 0; i < _consumers.Count; i++)
        {
            _turn = (_turn + 1) % _consumers.Count;
            if (_consumers[_turn].HasRoom)
            {
                return _consumers[_turn];
            }
        }

        return null;
    }

    private void TakeBack(in InProcessMessage message) => _returned.Enqueue(message with { Redelivered = true }, message.Sequence);

    private void Wake()
    {
        if (!_pumping && Waiting > 0 && _consumers.Exists(static consumer => consumer.HasRoom))
        {
            _pumping = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private Task Returned(InProcessConsumer consumer)
    {
        if (_receiving != consumer)
        {
            return Task.CompletedTask;
        }

        consumer.Idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return consumer.Idle.Task;
    }
}

/// <summary>A message in its queue. The buffer is rented from the shared pool by the publisher and given back by the ack.</summary>
/// <param name="Buffer">Holds the body, and may be longer.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="Properties">Null where the sender set none.</param>
/// <param name="Sequence">Place in the queue, counted from the first message published; kept when the message comes back.</param>
/// <param name="Redelivered">Whether it was handed out before.</param>
internal readonly record struct InProcessMessage(byte[] Buffer, int Length, MessageProperties? Properties, long Sequence, bool Redelivered)
{
    public ReadOnlySpan<byte> Body => Buffer.AsSpan(0, Length);
}
