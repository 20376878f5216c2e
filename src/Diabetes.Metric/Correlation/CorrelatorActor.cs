using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>
/// One id. Holds the delivery of the half that came first until the other one is there, then hands both to the ledger, which settles them.
/// The rules are <see cref="Domain.Correlation"/>'s; this is the shell that owns the deliveries.
/// </summary>
/// <remarks>
/// Stopped by its shard with a PoisonPill, never by itself: whatever the shard sent before it heard of the join is still answered here.
/// </remarks>
internal sealed class CorrelatorActor(CorrelatorPeers peers) : UntypedActor
{
    private Correlation _correlation;
    private Delivery<Decoded<Half>>? _held;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Delivery<Decoded<Half>> delivery:
                Correlate(delivery);
                break;
            case CorrelatorProtocol.GiveBack:
                _held?.Nack(NackReason.Draining);
                _held = null;
                Context.Parent.Tell(CorrelatorProtocol.GaveBack.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A correlator that fails gives back what it holds; the half that broke it is set aside if it comes a second time.</summary>
    protected override void PreRestart(Exception reason, object? message)
    {
        _held?.Nack(NackReason.ActorFailed);
        if (message is Delivery<Decoded<Half>> { IsSettled: false } delivery)
        {
            if (delivery.Redelivered)
            {
                peers.SetAside(delivery, "ActorFailed", reason.Message);
            }
            else
            {
                delivery.Nack(NackReason.ActorFailed);
            }
        }

        base.PreRestart(reason, message);
    }

    private void Correlate(Delivery<Decoded<Half>> delivery)
    {
        var half = delivery.Payload.Value;
        var verdict = _correlation.Decide(half);
        _correlation = _correlation.Apply(half);
        switch (verdict)
        {
            case Verdict.Hold:
                _held = delivery;
                break;
            case Verdict.Join:
                peers.Ledger.Tell(new LedgerProtocol.Append(_correlation.Pair, _held!, delivery));
                _held = null;
                Context.Parent.Tell(new CorrelatorProtocol.Joined(half.Id.Key, _correlation));
                break;
            case Verdict.Duplicate:
                delivery.Ack();
                Context.Parent.Tell(CorrelatorProtocol.Repeated.Duplicate);
                break;
            case Verdict.Conflict:
                peers.SetAsideConflict(delivery);
                Context.Parent.Tell(CorrelatorProtocol.Repeated.Conflict);
                break;
        }
    }
}
