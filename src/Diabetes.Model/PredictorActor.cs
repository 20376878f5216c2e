using System.Buffers;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Model;

/// <summary>
/// Answers each row with a prediction under the same id. The row's delivery goes along with the answer and is settled by the answer's
/// confirm: until the broker has the prediction, it keeps the row.
/// </summary>
public sealed class PredictorActor : ReceiveActor
{
    private readonly IModel _model;
    private readonly string? _name;
    private readonly string _queue;
    private readonly IActorRef _answers;
    private readonly IActorRef _quarantine;
    private long _answered;
    private long _setAside;

    /// <param name="model">Predicts.</param>
    /// <param name="name">What every prediction says of its model; null is nothing.</param>
    /// <param name="queue">Where the rows come from, for the quarantine.</param>
    /// <param name="answers">A <see cref="SinkActor{T}"/> of halves.</param>
    /// <param name="quarantine">A <see cref="QuarantineActor"/>.</param>
    public PredictorActor(IModel model, string? name, string queue, IActorRef answers, IActorRef quarantine)
    {
        (_model, _name, _queue, _answers, _quarantine) = (model, name, queue, answers, quarantine);
        Receive<Delivery<Decoded<FeatureVector>>>(Answer);
        Receive<PredictorProtocol.Drain>(_ => Sender.Tell(new PredictorProtocol.Drained(_answered, _setAside)));
    }

    private void Answer(Delivery<Decoded<FeatureVector>> delivery)
    {
        if (delivery.Payload.Rejection is { } rejection)
        {
            SetAside(rejection, delivery);
            return;
        }

        var row = delivery.Payload.Value;
        var prediction = _model.Predict(row.Values.Span);
        if (!double.IsFinite(prediction))
        {
            // Python's json would write it, and break every consumer that does not expect it.
            SetAside(Reject(row, prediction), delivery);
            return;
        }

        _answers.Tell(new SinkProtocol.Publish<Half>(new Half(row.Id, Side.YPred, prediction, _name), delivery));
        _answered++;
    }

    private static Rejection Reject(FeatureVector row, double prediction)
    {
        var body = new ArrayBufferWriter<byte>();
        WireCodec.WriteFeatures(row, body);
        return new Rejection(RejectionReason.NotANumber, $"The model's prediction for these features is {prediction}.", body.WrittenMemory);
    }

    private void SetAside(Rejection rejection, IConfirmation delivery)
    {
        _quarantine.Tell(new QuarantineProtocol.SetAside(_queue, rejection.Reason.ToString(), rejection.Detail, rejection.Body, delivery));
        _setAside++;
    }
}
