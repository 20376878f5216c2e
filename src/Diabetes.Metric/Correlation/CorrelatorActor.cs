using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>
/// One id, for the seconds that its halves take to meet. Holds the delivery of the half that came first, unsettled, until the other one is
/// there or the shard says that it waited long enough; then hands over what it has, in the order it came, to be made durable and settled.
/// </summary>
/// <remarks>
/// What a half is to the ones before it, a duplicate or a conflict, is not decided here: the store knows more. Stopped by its shard with a
/// PoisonPill, never by itself: whatever the shard sent before it heard of the hand-over is still handed on.
/// </remarks>
internal sealed class CorrelatorActor(IActorRef joiner) : UntypedActor
{
    private Delivery<Decoded<Half>>? _held;
    private bool _handedOver;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Delivery<Decoded<Half>> delivery when _handedOver:
                joiner.Tell(new JoinProtocol.Commit(delivery));
                break;
            case Delivery<Decoded<Half>> delivery when _held is null:
                _held = delivery;
                break;
            case Delivery<Decoded<Half>> delivery:
                HandOver(_held, delivery);
                break;
            case CorrelatorProtocol.Spill when _held is not null:
                HandOver(_held, null);
                break;
            case CorrelatorProtocol.Spill:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void HandOver(Delivery<Decoded<Half>> first, Delivery<Decoded<Half>>? second)
    {
        (_held, _handedOver) = (null, true);
        joiner.Tell(new JoinProtocol.Commit(first, second));
        var met = second is not null && second.Payload.Value.Side != first.Payload.Value.Side;
        Context.Parent.Tell(new CorrelatorProtocol.HandedOver(first.Payload.Value.Id.Key, met));
    }
}
