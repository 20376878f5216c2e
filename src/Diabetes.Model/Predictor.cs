using System.Buffers;
using System.Collections.Immutable;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Models;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Model;

/// <summary>Turns rows into predictions with the same ids, and counts them. Used by one pipeline, one batch at a time.</summary>
/// <param name="model">The model.</param>
/// <param name="name">The model's name in every prediction; null means none.</param>
/// <param name="queue">The name of the queue of rows, for the quarantine.</param>
public sealed class Predictor(IModel model, string? name, string queue)
{
    /// <summary>The number of predictions made.</summary>
    public long Answered { get; private set; }

    /// <summary>The number of rows without a prediction.</summary>
    public long SetAside { get; private set; }

    /// <summary>
    /// Predicts a batch of rows. Each prediction carries the delivery of its row. Rows without a prediction are returned separately.
    /// </summary>
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
                // A prediction that is not finite is not JSON. Python's json would write it anyway and break other consumers.
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
        return new Rejection(RejectionReason.NotANumber,
            $"The model's prediction for these features is {prediction}, which is not a finite number.", body.WrittenMemory);
    }

    private SetAside Reject(Rejection rejection, ICommittable delivery) =>
        new(queue, rejection, delivery);
}
