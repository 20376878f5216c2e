using Akka.Streams;
using Diabetes.Amqp;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;

namespace Diabetes.Bench.Amqp;

/// <summary>
/// Stands in for a broker that does nothing: a round delivers its messages itself, on its own thread, as the client does, and
/// settlements are dropped.
/// </summary>
internal sealed class ScriptedConnection : AmqpConnection, ISettlement
{
    private static readonly byte[] Body = new byte[60];
    private static readonly MessageProperties Properties = new();
    private volatile IDeliveries? _deliveries;
    private ulong _tag;

    public override AmqpConnectionState State => AmqpConnectionState.Connected;

    public override RestartSettings Reconnect { get; } =
        RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), randomFactor: 0);

    public bool IsConsumed => _deliveries is not null;

    /// <summary>Hands a message over.</summary>
    public void Deliver() => _deliveries!.Take(new IncomingMessage(Body, "", "scripted", Properties), ++_tag, redelivered: false, this);

    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries)
    {
        _deliveries = deliveries;
        return new Consumer();
    }

    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms) =>
        throw new InvalidOperationException("Nothing is published here.");

    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken) => new((QueueDepth?)null);

    public override ValueTask DisposeAsync() => default;

    public void Ack(ulong tag)
    {
    }

    public void Nack(ulong tag)
    {
    }

    private sealed class Consumer : AmqpConsumer
    {
        public override int Unsettled => 0;

        public override Task StartAsync() => Task.CompletedTask;

        public override Task StopAsync() => Task.CompletedTask;

        public override ValueTask DisposeAsync() => default;
    }
}
