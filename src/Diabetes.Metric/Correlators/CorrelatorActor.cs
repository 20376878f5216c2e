using Diabetes.Domain.Ids;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Holds the first half of one id until the second half arrives or the bucket tells it to spill. Then it sends what it has to the ledger,
/// in the order of arrival, and its bucket gives it another id.
/// </summary>
/// <remarks>
/// It does not decide whether a half is a duplicate or a conflict, because only the store knows all earlier halves. Its bucket is its only
/// sender, so messages arrive in the order in which they were sent: after a second half or a <see cref="CorrelatorProtocol.Spill"/> the
/// bucket knows that nothing is held here, and can assign the next id.
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
                throw new InvalidOperationException(
                    $"The correlator of {_key} received a half of {offer.Half.Id}. This is a bug in the bucket.");
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
