using Akka.Streams;
using Diabetes.Amqp;
using Diabetes.Amqp.Settings;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Connects one life of the node to the simulated broker.</summary>
internal sealed class SimulatedConnection(World world, Life life) : AmqpConnection
{
    private readonly List<SimulatedConsumer> _consumers = [];

    public override AmqpConnectionState State => AmqpConnectionState.Connected;

    public override RestartSettings Reconnect { get; } = RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 0);

    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries)
    {
        var queue = Array.Find(world.Queues, queue => queue.Name == settings.Queue.Name) ?? throw new InvalidOperationException(
            $"Nobody should consume '{settings.Queue.Name}'.");
        var consumer = new SimulatedConsumer(world, life, queue, settings.Prefetch, deliveries);
        _consumers.Add(consumer);
        return consumer;
    }

    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms)
    {
        world.FailNowAndThen();
        return new SimulatedPublisher(world, life, confirms);
    }

    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        world.FailNowAndThen();
        var looked = new TaskCompletionSource<QueueDepth?>();
        world.Agenda.After(world.Latency(), life, () => looked.SetResult(new QueueDepth(0, 0)));
        return new(looked.Task);
    }

    public override ValueTask DisposeAsync() => default;

    /// <summary>Ends the process, and loses what it had not sent.</summary>
    public void Crash() => _consumers.ForEach(static consumer => consumer.Crash());
}
