using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric;

/// <summary>What flows where, once for each of the two queues of halves.</summary>
internal static class MetricPipeline
{
    /// <summary>Deliver, offer, hear the verdict; then commit, or set aside and commit.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="decode">Reads its messages.</param>
    /// <param name="offers">Who joins what is read.</param>
    /// <param name="quarantine">Where what cannot be used goes.</param>
    public static IRunnableGraph<DrainingControl<Done>> Create(
        NamedQueueSourceSettings queue, Decoder<Decoded<PairHalf>> decode, OfferSettings offers, QueueQuarantine quarantine) =>
        AmqpSource.CommittableSource(queue, decode)
            .Via(new OfferStage(offers))
            .SetAsideTo(quarantine.Sink())
            .EndWith(Committer.Sink());
}
