using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>
/// Creates sinks and flows that commit deliveries. They need no settings: the consumer's channel collects the commits and acks them with as
/// few commands as possible.
/// </summary>
public static class Committer
{
    /// <summary>Commits each delivery.</summary>
    public static Sink<ImmutableArray<ICommittable>, Task<Done>> Sink() =>
        Akka.Streams.Dsl.Sink.FromGraph(new EndStage<ImmutableArray<ICommittable>>(Commit));

    /// <summary>Commits each delivery and emits the number of deliveries in each batch.</summary>
    public static Flow<ImmutableArray<ICommittable>, int, NotUsed> Flow() =>
        Akka.Streams.Dsl.Flow.Create<ImmutableArray<ICommittable>>().Select(static batch =>
        {
            Commit(batch);
            return batch.Length;
        });

    private static void Commit(ImmutableArray<ICommittable> batch)
    {
        foreach (var delivery in batch)
        {
            delivery.Commit();
        }
    }
}
