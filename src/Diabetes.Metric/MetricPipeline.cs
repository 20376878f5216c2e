using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric;

/// <summary>Builds the graph of one queue of halves. The metric node runs it twice.</summary>
internal static class MetricPipeline
{
    /// <summary>
    /// Decodes deliveries, offers their halves for joining and, when the verdict is known, acks them. Those that cannot be used are set
    /// aside before the ack.
    /// </summary>
    /// <param name="queue">The queue to consume.</param>
    /// <param name="decode">Decodes its messages.</param>
    /// <param name="offers">Says which actors join the halves.</param>
    /// <param name="quarantine">Takes the messages that cannot be used.</param>
    public static IRunnableGraph<DrainingControl<Done>> Create(
        NamedQueueSourceSettings queue, Decoder<Decoded<PairHalf>> decode, OfferSettings offers, QueueQuarantine quarantine) =>
        AmqpSource.CommittableSource(queue, decode)
            .Via(new OfferStage(offers))
            .SetAsideTo(quarantine.Sink())
            .EndWith(Committer.Sink());
}
