using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>Creates sources that consume queues.</summary>
public static class AmqpSource
{
    /// <summary>
    /// Consumes a queue, at least once. An element holds all messages that have arrived since the last element, at most 256; each message
    /// is acked by its <see cref="ICommittable.Commit"/>. The source waits for the broker, and subscribes again if the subscription is
    /// lost.
    /// </summary>
    /// <remarks>
    /// The source fails with an <see cref="AmqpRefusedException"/> if the broker refuses this process at the start, and with any exception
    /// of the decoder, which should not throw. A lost connection does not end it.
    /// </remarks>
    public static Source<ImmutableArray<CommittableMessage<T>>, IControl> CommittableSource<T>(
        NamedQueueSourceSettings settings, Decoder<T> decode) =>
        Source.FromGraph(new AmqpSourceStage<T>(settings, decode));
}
