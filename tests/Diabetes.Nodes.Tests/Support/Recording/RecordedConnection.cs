using System.Collections.Concurrent;
using Akka.Streams;
using Diabetes.Amqp;
using Diabetes.Amqp.Settings;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>
/// Stands in for a broker: it delivers what the test gives it, records what is published and settled, and accepts, confirms and refuses
/// as the test says. It acts only inside the test's own calls, so once the actor system is at rest those calls are fully handled.
/// </summary>
internal sealed class RecordedConnection : AmqpConnection
{
    private readonly ConcurrentDictionary<string, RecordedQueue> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RecordedConsumer> _consumers = new(StringComparer.Ordinal);

    /// <summary>What <see cref="State"/> is from now on.</summary>
    public AmqpConnectionState Now { get; set; } = AmqpConnectionState.Connected;

    /// <summary>What waits in every queue, as the broker says; null if there is none.</summary>
    public long? Depth { get; set; } = 0;

    /// <summary>Whether queues may be declared.</summary>
    public bool MayDeclare { get; set; } = true;

    /// <summary>How often it was asked.</summary>
    public int Looks { get; private set; }

    /// <summary>The answer to whoever consumes or looks, if there is one.</summary>
    public AmqpRefusedException? Refusal { get; set; }

    public override AmqpConnectionState State => Now;

    public override RestartSettings Reconnect { get; } =
        RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), randomFactor: 0);

    /// <summary>A queue that is published to.</summary>
    public RecordedQueue this[string name] => _queues.GetOrAdd(name, static _ => new RecordedQueue());

    /// <summary>The consumer of a queue, there or to come.</summary>
    public RecordedConsumer From(string queue) => _consumers.GetOrAdd(queue, static name => new RecordedConsumer(name));

    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms) => this[settings.RoutingKey].Open(confirms);

    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries)
    {
        var consumer = From(settings.Queue.Name);
        consumer.Open(deliveries, Refusal);
        return consumer;
    }

    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        Looks++;
        return Refusal is null ? new(Depth is { } depth ? new QueueDepth(depth, 0) : null) : throw Refusal;
    }

    public override ValueTask<bool> TryDeclareAsync(QueueDeclaration queue, CancellationToken cancellationToken) => new(MayDeclare);

    public override ValueTask DisposeAsync() => default;
}
