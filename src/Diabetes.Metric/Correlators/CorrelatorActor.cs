using Diabetes.Domain.Ids;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// One id, for the seconds that its halves take to meet. Holds the half that came first until the other one is there or the bucket says that it waited long
/// enough; then hands over what it has, in the order it came, to be made durable. After that its bucket gives it another id.
/// </summary>
/// <remarks>
/// What a half is to the ones before it, a duplicate or a conflict, is not decided here: the store knows more. Its bucket is its only sender, so messages come in
/// the order in which they were told: the bucket knows without being told that nothing is held here after a second half or a
/// <see cref="CorrelatorProtocol.Spill"/>, and assigns the next id behind it.
/// </remarks>
internal sealed class CorrelatorActor(IActorRef ledger) : UntypedActor
{
    private JoinKey _key;
    private Offer? _held;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CorrelatorProtocol.Assign assign:
                _key = assign.Key;
                break;
            case Offer offer when offer.Half.Id.Key != _key:
                throw new InvalidOperationException($"A half of {offer.Half.Id} came to the correlator of {_key}: its bucket routed it wrongly.");
            case Offer offer when _held is null:
                _held = offer;
                break;
            case Offer offer:
                HandOver(_held, offer);
                break;
            case CorrelatorProtocol.Spill when _held is not null:
                HandOver(_held, null);
                break;
            case CorrelatorProtocol.Empty:
                Sender.Tell(CorrelatorProtocol.Emptied.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void HandOver(Offer first, Offer? second)
    {
        _held = null;
        ledger.Tell(new LedgerProtocol.Commit(first, second));
    }
}
