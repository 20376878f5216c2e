using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Features.Traffic;

namespace Diabetes.Features;

/// <summary>Builds the graph of a features node.</summary>
internal static class FeaturesPipeline
{
    /// <summary>Publishes rows, labels and notifications to three queues. A full queue does not hold up the others.</summary>
    /// <param name="plan">Says what to send.</param>
    /// <param name="rows">The queue of rows.</param>
    /// <param name="labels">The queue of labels.</param>
    /// <param name="notifications">The queue of notifications; null to send none.</param>
    /// <param name="time">The clock.</param>
    public static IRunnableGraph<FeaturesControl> Create(
        FeaturesPlan plan, AmqpSinkSettings rows, AmqpSinkSettings labels, AmqpSinkSettings? notifications, TimeProvider time) =>
        RunnableGraph.FromGraph(GraphDsl.Create(
            new TrafficStage(plan, rows.Connection, time),
            AmqpSink.Create<FeatureVector>(rows, static (row, outgoing) => WireCodec.WriteFeatures(row, outgoing.Body)),
            AmqpSink.Create<PairHalf>(labels, static (label, outgoing) => WireCodec.WriteHalf(label, outgoing.Body)),
            notifications is null
                ? Sink.Ignore<ImmutableArray<ObservationId>>()
                : AmqpSink.Create<ObservationId>(notifications, static (id, outgoing) => WireCodec.WriteNotification(id, outgoing.Body)),
            FeaturesControl.Create,
            static (graph, traffic, toRows, toLabels, toNotifications) =>
            {
                graph.From(traffic.Rows).To(toRows);
                graph.From(traffic.Labels).To(toLabels);
                graph.From(traffic.Notifications).To(toNotifications);
                return ClosedShape.Instance;
            }));
}
