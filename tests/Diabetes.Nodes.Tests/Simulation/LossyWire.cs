using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Simulates the network between an offer stage and the buckets: offers and verdicts can get lost. Messages between the stage and the
/// ledger of its own process never do.
/// </summary>
internal sealed class LossyWire(World world, IActorRef correlators, IActorRef ledger) : UntypedActor
{
    private readonly HashSet<long> _alone = [];
    private IActorRef _stage = ActorRefs.Nobody;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OfferProtocol.Offers offers:
                Know(offers.Origin);
                if (world.Mutates(Mutant.ActorThrows, 20))
                {
                    throw new InvalidOperationException("Nobody expects this.");
                }

                if (world.Mutates(Mutant.AckBeforeCommit, 20))
                {
                    _stage.Tell(new OfferProtocol.Settled([offers.Halves[0].Number], [Verdict.Hold]));
                }

                if (!world.Loses("an offer"))
                {
                    correlators.Tell(offers with { Origin = Self });
                }

                break;
            case LedgerProtocol.Alone alone:
                _alone.Add(alone.Half.Receipt.Number);
                ledger.Tell(new LedgerProtocol.Alone(new Offer(alone.Half.Half, ReceiptOf(alone.Half.Receipt))));
                break;
            case LedgerProtocol.Reject when world.Mutates(Mutant.LostReject, 2):
                break;
            case LedgerProtocol.Reject reject:
                _alone.Add(reject.Receipt.Number);
                ledger.Tell(reject with { Receipt = ReceiptOf(reject.Receipt) });
                break;
            case OfferProtocol.Settled settled when !settled.Numbers.Any(_alone.Contains) && world.Loses("a verdict"):
                break;
            case OfferProtocol.Settled when world.Mutates(Mutant.WrongOrigin, 10):
                world.Stages.Find(stage => !stage.Equals(_stage))?.Tell(message);
                break;
            case OfferProtocol.Settled or OfferProtocol.StoreAway or OfferProtocol.StoreBack:
                _stage.Tell(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Know(IActorRef stage)
    {
        _stage = stage;
        if (!world.Stages.Contains(stage))
        {
            world.Stages.Add(stage);
        }
    }

    private Receipt ReceiptOf(Receipt receipt)
    {
        Know(receipt.Origin);
        return new Receipt(Self, receipt.Number);
    }
}
