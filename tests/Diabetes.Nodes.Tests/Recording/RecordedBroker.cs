using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Recording;

/// <summary>A broker whose one sink the test holds, and whose queues are as deep as the test says.</summary>
internal sealed class RecordedBroker<TSink> : IBroker
{
    public RecordedSink<TSink> Recorded { get; } = new();

    /// <summary>What waits in every queue.</summary>
    public long Depth { get; set; }

    public int Looks { get; private set; }

    /// <summary>Thrown at every look, if there is one.</summary>
    public Exception? Refusal { get; set; }

    public BrokerState State { get; set; } = BrokerState.Connected;

    public ISource<T> Source<T>(QueueSpec queue, Decoder<T> decode) => throw new InvalidOperationException($"Nobody should consume '{queue.Name}'.");

    public ISink<T> Sink<T>(QueueSpec queue, Encoder<T> encode) => (ISink<T>)(object)Recorded;

    public ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        Looks++;
        return Refusal is null ? new(new QueueDepth(Depth, 0)) : throw Refusal;
    }

    public ValueTask DisposeAsync() => default;
}
