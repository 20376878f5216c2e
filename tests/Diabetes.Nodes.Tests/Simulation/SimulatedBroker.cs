using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>The broker as dead letters see it: takes them, and confirms when it likes.</summary>
internal sealed class SimulatedBroker(World world, Life life) : IBroker
{
    public BrokerState State => BrokerState.Connected;

    public ISource<T> Source<T>(QueueSpec queue, Decoder<T> decode) => throw new InvalidOperationException($"Nobody should consume '{queue.Name}'.");

    public ISink<T> Sink<T>(QueueSpec queue, Encoder<T> encode) => (ISink<T>)(object)new SimulatedSink(world, life, queue);

    public ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        var looked = new TaskCompletionSource<QueueDepth?>();
        world.Agenda.After(world.Latency(), life, () => looked.SetResult(new QueueDepth(0, 0)));
        return new(looked.Task);
    }

    public ValueTask DisposeAsync() => default;
}
