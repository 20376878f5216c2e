using System.Buffers;

namespace Diabetes.Streams;

/// <summary>
/// One queue: messages that wait, consumers that take turns, publishers that wait for room. One pump hands messages out, one at a time, on
/// the thread pool; it runs only while there is a message and a consumer with room for it.
/// </summary>
internal sealed class InProcessQueue(int capacity) : IThreadPoolWorkItem
{
    // Messages the pump hands out before it lets other work of the pool run.
    private const int Turn = 256;

    private readonly Lock _gate = new();
    private readonly Queue<InProcessMessage> _fresh = new();

    // What came back was taken from the head, so all of it goes before all that is fresh; among itself it keeps the order of publishing.
    private readonly PriorityQueue<InProcessMessage, long> _returned = new();
    private readonly LinkedList<InProcessPublisher> _publishers = new();
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

    /// <summary>Takes the message if there is room and nobody waits before it; owns <paramref name="buffer"/> then.</summary>
    public bool TryPublish(byte[] buffer, int length)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InProcessBroker));
            if (_publishers.Count > 0 || Waiting >= capacity)
            {
                return false;
            }

            Take(buffer, length);
            return true;
        }
    }

    /// <summary>Takes the message when its turn has come; owns <paramref name="buffer"/> unless the wait ends in an exception.</summary>
    public async Task PublishAsync(byte[] buffer, int length, CancellationToken cancellationToken)
    {
        var publisher = new InProcessPublisher(buffer, length);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InProcessBroker));
            _publishers.AddLast(publisher);
            Admit();
        }

        await using var _ = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_gate)
                {
                    if (_publishers.Remove(publisher))
                    {
                        publisher.SetCanceled(token);
                    }
                }
            },
            null).ConfigureAwait(false);
        await publisher.Task.ConfigureAwait(false);
    }

    public void Add(InProcessConsumer consumer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InProcessBroker));
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
        lock (_gate)
        {
            _closed = true;
            _consumers.Clear();
            foreach (var publisher in _publishers)
            {
                publisher.SetException(new ObjectDisposedException(nameof(InProcessBroker)));
            }

            _publishers.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var handed = 0; handed < Turn; handed++)
        {
            if (Next(out var message, out var tag) is not { } consumer)
            {
                return;
            }

            consumer.Receive(message, tag);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private InProcessConsumer? Next(out InProcessMessage message, out ulong tag)
    {
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
            Admit();
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

    private void Admit()
    {
        while (_publishers.First is { } first && Waiting < capacity)
        {
            _publishers.RemoveFirst();
            Take(first.Value.Buffer, first.Value.Length);
            first.Value.SetResult();
        }
    }

    private void Take(byte[] buffer, int length)
    {
        _fresh.Enqueue(new InProcessMessage(buffer, length, ++_sequence, Redelivered: false));
        Wake();
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
