using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Akka.Streams;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Features.Traffic;

namespace Diabetes.Features;

/// <summary>What flows where in a features node.</summary>
internal static class FeaturesPipeline
{
    /// <summary>Rows, their labels and notifications, each to its own queue: one that is full does not hold up the others.</summary>
    /// <param name="plan">What to send.</param>
    /// <param name="rows">Where rows go.</param>
    /// <param name="labels">Where labels go.</param>
    /// <param name="notifications">Where notifications go; null where the plan has none.</param>
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
