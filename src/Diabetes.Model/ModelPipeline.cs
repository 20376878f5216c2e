using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Model;

/// <summary>
/// Rows → predictor → predictions. A row's delivery goes along with its prediction and is committed by the prediction's confirm: until the broker has the
/// prediction, it keeps the row.
/// </summary>
public static class ModelPipeline
{
    /// <param name="rows">The queue of rows.</param>
    /// <param name="predictions">The queue of predictions.</param>
    /// <param name="codec">Reads the rows.</param>
    /// <param name="predictor">Answers them.</param>
    /// <param name="quarantine">Where rows go that cannot be answered.</param>
    public static IRunnableGraph<DrainingControl<Done>> Create(
        NamedQueueSourceSettings rows, AmqpSinkSettings predictions, WireCodec codec, Predictor predictor, QueueQuarantine quarantine) =>
        AmqpSource.CommittableSource(rows, (in IncomingMessage message) => codec.ReadFeatures(message.Body))
            .Select(predictor.Answer)
            .SetAsideTo(quarantine.Sink())
            .EndWith(AmqpSink.CommittableSink<PairHalf>(predictions, static (prediction, outgoing) => WireCodec.WriteHalf(prediction, outgoing.Body)));
}
