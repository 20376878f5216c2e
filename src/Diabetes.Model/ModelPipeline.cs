using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Model;

/// <summary>
/// Predicts the target of each row and publishes the prediction. The row is acked when the broker has confirmed its prediction, so the
/// broker keeps the row until then.
/// </summary>
public static class ModelPipeline
{
    /// <summary>Builds the graph.</summary>
    /// <param name="rows">The queue of rows.</param>
    /// <param name="predictions">The queue of predictions.</param>
    /// <param name="codec">Decodes the rows.</param>
    /// <param name="predictor">Makes the predictions.</param>
    /// <param name="quarantine">Takes the rows that cannot be decoded or predicted.</param>
    public static IRunnableGraph<DrainingControl<Done>> Create(
        NamedQueueSourceSettings rows, AmqpSinkSettings predictions, WireCodec codec, Predictor predictor, QueueQuarantine quarantine) =>
        AmqpSource.CommittableSource(rows, (in IncomingMessage message) => codec.ReadFeatures(message.Body))
            .Select(predictor.Answer)
            .SetAsideTo(quarantine.Sink())
            .EndWith(AmqpSink.CommittableSink<PairHalf>(
                predictions, static (prediction, outgoing) => WireCodec.WriteHalf(prediction, outgoing.Body)));
}
