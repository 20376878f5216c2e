using System.Buffers;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Halves and unreadable messages that are made durable together, with the deliveries that wait for it. Used again and again.</summary>
internal sealed class HalfBatch
{
    private const string SharedSeconds = " If ids are whole seconds, all rows of one second share one: have the sender keep the fraction.";

    private readonly List<Delivery<Decoded<Half>>> _deliveries = [];
    private readonly List<Half> _halves = [];
    private readonly List<JoinProtocol.Reject> _rejects = [];

    /// <summary>Messages in it.</summary>
    public int Count => _halves.Count + _rejects.Count;

    /// <returns>Messages in it now.</returns>
    public int Add(Delivery<Decoded<Half>> delivery)
    {
        _deliveries.Add(delivery);
        _halves.Add(delivery.Payload.Value);
        return Count;
    }

    /// <returns>Messages in it now.</returns>
    public int Add(JoinProtocol.Reject reject)
    {
        _rejects.Add(reject);
        return Count;
    }

    /// <summary>The rules for these halves.</summary>
    public JoinRules Rules(ExpectedModels models, DateTimeOffset now) => new(
        new JoinBatch(_halves, models), Rejected(Side.YTrue), Rejected(Side.YPred), now);

    /// <summary>Settles every delivery, those that cannot be used by way of the quarantine, and empties the batch.</summary>
    public void Settle(IReadOnlyList<Verdict> verdicts, JoinPeers peers)
    {
        for (var i = 0; i < _deliveries.Count; i++)
        {
            if (verdicts[i] is Verdict.Conflict or Verdict.UnexpectedModel)
            {
                peers.Quarantine.Tell(SetAside(_deliveries[i], verdicts[i], peers));
            }
            else
            {
                _deliveries[i].Ack();
            }
        }

        foreach (var (delivery, side) in _rejects)
        {
            var rejection = delivery.Payload.Rejection!;
            peers.Quarantine.Tell(new QuarantineProtocol.SetAside(
                QueueOf(side, peers), rejection.Reason.ToString(), rejection.Detail, rejection.Body, delivery));
        }

        _deliveries.Clear();
        _halves.Clear();
        _rejects.Clear();
    }

    private HalfTally Rejected(Side side)
    {
        var count = _rejects.Count(reject => reject.Side == side);
        return new HalfTally(count, 0, 0, count);
    }

    private static QuarantineProtocol.SetAside SetAside(Delivery<Decoded<Half>> delivery, Verdict verdict, JoinPeers peers)
    {
        var half = delivery.Payload.Value;
        var body = new ArrayBufferWriter<byte>();
        WireCodec.WriteHalf(half, body);
        var (reason, detail) = verdict == Verdict.Conflict
            ? (RejectionReason.ConflictingValue, $"Id {half.Id} came before with another value, which stands.{(half.Id.Key.IsWholeNumber ? SharedSeconds : "")}")
            : (RejectionReason.UnexpectedModel, $"Id {half.Id} is predicted by model '{half.Model}', which metric.models does not name.");
        return new QuarantineProtocol.SetAside(QueueOf(half.Side, peers), reason.ToString(), detail, body.WrittenMemory, delivery);
    }

    private static string QueueOf(Side side, JoinPeers peers) => side == Side.YTrue ? peers.Truths : peers.Predictions;
}
