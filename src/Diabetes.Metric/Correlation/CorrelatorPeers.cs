using System.Buffers;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Where shards and correlators hand things on to.</summary>
/// <param name="Ledger">A <see cref="LedgerActor"/>.</param>
/// <param name="Quarantine">A <see cref="QuarantineActor"/>.</param>
/// <param name="Truths">Name of the queue of ground truth, for the quarantine.</param>
/// <param name="Predictions">Name of the queue of predictions, for the quarantine.</param>
internal sealed record CorrelatorPeers(IActorRef Ledger, IActorRef Quarantine, string Truths, string Predictions)
{
    /// <summary>A second value for a half that is there: the first one stands.</summary>
    public void SetAsideConflict(Delivery<Decoded<Half>> delivery) => SetAside(
        delivery, nameof(RejectionReason.ConflictingValue), $"Id {delivery.Payload.Value.Id} came before with another value, which stands.");

    /// <summary>A half that was read and still cannot be used.</summary>
    public void SetAside(Delivery<Decoded<Half>> delivery, string reason, string detail)
    {
        var body = new ArrayBufferWriter<byte>();
        WireCodec.WriteHalf(delivery.Payload.Value, body);
        Quarantine.Tell(new QuarantineProtocol.SetAside(QueueOf(delivery.Payload.Value.Side), reason, detail, body.WrittenMemory, delivery));
    }

    private string QueueOf(Side side) => side == Side.YTrue ? Truths : Predictions;
}
