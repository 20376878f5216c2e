using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>Creates sinks that publish messages.</summary>
public static class AmqpSink
{
    /// <summary>Publishes messages. The task completes when the broker has confirmed all of them.</summary>
    public static Sink<ImmutableArray<T>, Task<Done>> Create<T>(AmqpSinkSettings settings, Encoder<T> encode) =>
        Flow.Create<ImmutableArray<T>>()
            .Select(static batch => ImmutableArray.CreateRange(
                batch, static message => new Publication<T, NotUsed>(message, NotUsed.Instance)))
            .Via(AmqpFlow.WithConfirmUnordered<T, NotUsed>(settings, encode))
            .ToMaterialized(Sink.FromGraph(new EndStage<ImmutableArray<NotUsed>>(static _ => { })), Keep.Right);

    /// <summary>Publishes messages, and commits the delivery of each one once the broker has confirmed it.</summary>
    public static Sink<ImmutableArray<Publication<T, ICommittable>>, Task<Done>> CommittableSink<T>(
        AmqpSinkSettings settings, Encoder<T> encode) =>
        AmqpFlow.WithConfirmUnordered<T, ICommittable>(settings, encode).ToMaterialized(Committer.Sink(), Keep.Right);
}
