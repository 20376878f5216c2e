using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>Streams of what comes out of queues.</summary>
public static class AmqpSource
{
    /// <summary>
    /// Consumes a queue, at least once. An element is all that has arrived since the last one, at most 256 messages; each is settled by its
    /// <see cref="ICommittable.Commit"/>. The stream waits for the broker, and subscribes again where the subscription is lost.
    /// </summary>
    /// <remarks>
    /// It fails with an <see cref="AmqpRefusedException"/> where the broker refuses this process at the start, and with what the decoder throws, which is not to
    /// throw. A lost broker does not end it.
    /// </remarks>
    public static Source<ImmutableArray<CommittableMessage<T>>, IControl> CommittableSource<T>(NamedQueueSourceSettings settings, Decoder<T> decode) =>
        Source.FromGraph(new AmqpSourceStage<T>(settings, decode));
}
