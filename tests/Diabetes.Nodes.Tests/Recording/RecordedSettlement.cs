using System.Collections.Concurrent;
using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Recording;

/// <summary>Makes deliveries and keeps what becomes of them.</summary>
internal sealed class RecordedSettlement : ISettlement
{
    private ulong _tag;

    public ConcurrentQueue<ulong> Acked { get; } = new();

    public ConcurrentQueue<(ulong Tag, NackReason Reason)> Nacked { get; } = new();

    public Delivery<T> Deliver<T>(T payload, bool redelivered = false) => new(payload, ++_tag, redelivered, this);

    public void Ack(ulong tag) => Acked.Enqueue(tag);

    public void Nack(ulong tag, NackReason reason) => Nacked.Enqueue((tag, reason));
}
