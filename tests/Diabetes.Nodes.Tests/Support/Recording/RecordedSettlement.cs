using System.Collections.Concurrent;
using Diabetes.Amqp.Messages;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>Makes deliveries and keeps what becomes of them.</summary>
internal sealed class RecordedSettlement : ISettlement
{
    private ulong _tag;

    public ConcurrentQueue<ulong> Acked { get; } = new();

    public ConcurrentQueue<ulong> Nacked { get; } = new();

    public CommittableMessage<T> Deliver<T>(T payload, bool redelivered = false) => new(payload, ++_tag, redelivered, this);

    public void Ack(ulong tag) => Acked.Enqueue(tag);

    public void Nack(ulong tag) => Nacked.Enqueue(tag);
}
