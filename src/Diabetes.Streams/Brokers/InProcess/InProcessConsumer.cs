namespace Diabetes.Streams;

/// <summary>What a queue knows of one consumer. The state is the queue's, touched under its lock only.</summary>
internal abstract class InProcessConsumer(int prefetch)
{
    /// <summary>Messages handed out and not settled, by delivery tag.</summary>
    public Dictionary<ulong, InProcessMessage> Held { get; } = [];

    /// <summary>No more messages for this one.</summary>
    public bool Stopped { get; set; }

    /// <summary>Completed once the call to <see cref="Receive"/> that was under way when the consumer was stopped has returned.</summary>
    public TaskCompletionSource? Idle { get; set; }

    public ulong LastTag { get; set; }

    public bool HasRoom => !Stopped && Held.Count < prefetch;

    /// <summary>Called by the queue's pump outside the lock, one message at a time.</summary>
    public abstract void Receive(in InProcessMessage message, ulong tag);
}
