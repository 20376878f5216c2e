using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>
/// Ends of streams that commit deliveries. There is nothing to configure: the consumer's channel gathers what is committed and tells the broker in the fewest
/// commands.
/// </summary>
public static class Committer
{
    /// <summary>Commits what comes.</summary>
    public static Sink<ImmutableArray<ICommittable>, Task<Done>> Sink() => Akka.Streams.Dsl.Sink.FromGraph(new EndStage<ImmutableArray<ICommittable>>(Commit));

    /// <summary>Commits what comes and says how many there were.</summary>
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
