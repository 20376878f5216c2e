using System.Buffers;
using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp.InProcess;

/// <summary>
/// Holds the messages of one queue, its consumers and the publishers that wait for room. One work item on the thread pool delivers the
/// messages one at a time; it runs only while there is a message and a consumer with room for it.
/// </summary>
internal sealed class InProcessQueue(int capacity) : IThreadPoolWorkItem
{
    // The number of deliveries before the work item lets other work of the pool run.
    private const int Turn = 256;

    // Waiting publishers are told only when a quarter of the queue is free, so that they are not woken for every message.
    private readonly int _low = capacity - Math.Max(1, capacity / 4);

    private readonly Lock _gate = new();
    private readonly Queue<InProcessMessage> _fresh = new();

    // Messages that returned were taken from the head, so they are delivered before all others, in the order in which they were published.
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

    /// <summary>
    /// Adds the message if there is room, and then owns <paramref name="buffer"/>. Otherwise it returns false and tells the publisher when
    /// there is room.
    /// </summary>
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

    /// <summary>Stops a consumer. Completes when it gets no more messages.</summary>
    public Task StopAsync(InProcessConsumer consumer)
    {
        lock (_gate)
        {
            consumer.Stopped = true;
            return Returned(consumer);
        }
    }

    /// <summary>Removes a consumer and returns its unacked messages to their old places.</summary>
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

    /// <summary>Acks or nacks one delivery. It does nothing if the consumer has left, because the message was returned then.</summary>
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
            // The publisher tries again and gets an ObjectDisposedException.
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

/// <summary>Holds a message in its queue. The publisher rents the buffer from the shared pool; the ack returns it.</summary>
/// <param name="Buffer">The body; the buffer may be longer.</param>
/// <param name="Length">The length of the body in bytes.</param>
/// <param name="Properties">The properties; null if the sender set none.</param>
/// <param name="Sequence">The place in the queue, counted from the first message published. It is kept when the message returns.</param>
/// <param name="Redelivered">True if the message was delivered before.</param>
internal readonly record struct InProcessMessage(byte[] Buffer, int Length, MessageProperties? Properties, long Sequence, bool Redelivered)
{
    public ReadOnlySpan<byte> Body => Buffer.AsSpan(0, Length);
}
