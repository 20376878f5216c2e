using System.Buffers;
using System.Collections.Immutable;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Models;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Model;

/// <summary>Answers rows with predictions under the same ids, and counts what it did. Used by one pipeline, a batch at a time.</summary>
/// <param name="model">Predicts.</param>
/// <param name="name">What every prediction says of its model; null is nothing.</param>
/// <param name="queue">Where the rows come from, for the quarantine.</param>
public sealed class Predictor(IModel model, string? name, string queue)
{
    /// <summary>Predictions made.</summary>
    public long Answered { get; private set; }

    /// <summary>Rows that cannot be answered.</summary>
    public long SetAside { get; private set; }

    /// <summary>A prediction for each row, to publish together with the row's delivery; rows that cannot be answered apart from them.</summary>
    public Sorted<Publication<PairHalf, ICommittable>> Answer(ImmutableArray<CommittableMessage<Decoded<FeatureVector>>> rows)
    {
        var answers = ImmutableArray.CreateBuilder<Publication<PairHalf, ICommittable>>(rows.Length);
        var unusable = ImmutableArray.CreateBuilder<SetAside>();
        foreach (var delivery in rows)
        {
            if (delivery.Payload.Rejection is { } unreadable)
            {
                unusable.Add(Reject(unreadable, delivery));
                continue;
            }

            var row = delivery.Payload.Value;
            var prediction = model.Predict(row.Values.Span);
            if (double.IsFinite(prediction))
            {
                answers.Add(new(new PairHalf(row.Id, PairSide.YPred, prediction, name), delivery));
            }
            else
            {
                // Python's json would write it, and break every consumer that does not expect it.
                unusable.Add(Reject(NotFinite(row, prediction), delivery));
            }
        }

        (Answered, SetAside) = (Answered + answers.Count, SetAside + unusable.Count);
        return new(answers.DrainToImmutable(), unusable.DrainToImmutable());
    }

    private static Rejection NotFinite(FeatureVector row, double prediction)
    {
        var body = new ArrayBufferWriter<byte>();
        WireCodec.WriteFeatures(row, body);
        return new Rejection(RejectionReason.NotANumber, $"The model's prediction for these features is {prediction}.", body.WrittenMemory);
    }

    private SetAside Reject(Rejection rejection, ICommittable delivery) =>
        new(queue, rejection.Reason.ToString(), rejection.Detail, rejection.Body, delivery);
}
