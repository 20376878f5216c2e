using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>
/// Owns the correlators of the ids that hash to it: makes one when an id is first seen, lets it go when the pair is joined, and answers for
/// the ids that went.
/// </summary>
internal sealed class ShardActor : ReceiveActor
{
    private readonly Dictionary<JoinKey, IActorRef> _correlators = [];
    private readonly CorrelatorPeers _peers;
    private readonly RecentJoins _recent;
    private readonly Props _correlator;
    private JoinTally _tally;
    private IActorRef _drainer = ActorRefs.Nobody;
    private int _toGiveBack;

    /// <param name="peers">Where joined pairs and unusable messages go.</param>
    /// <param name="remembered">Joined ids that are remembered.</param>
    public ShardActor(CorrelatorPeers peers, int remembered)
    {
        _peers = peers;
        _recent = new RecentJoins(remembered);
        _correlator = Props.Create(() => new CorrelatorActor(peers));

        Receive<Delivery<Decoded<Half>>>(Accept);
        Receive<CorrelatorProtocol.Joined>(Release);
        Receive<CorrelatorProtocol.Repeated>(repeated => _tally = _tally.Count(repeated.Verdict));
        Receive<ShardProtocol.GetTally>(_ => Sender.Tell(_tally));
        Receive<ShardProtocol.Drain>(_ => Drain());
        Receive<CorrelatorProtocol.GaveBack>(_ => CountDown());
    }

    private void Accept(Delivery<Decoded<Half>> delivery)
    {
        var half = delivery.Payload.Value;
        if (_correlators.TryGetValue(half.Id.Key, out var correlator))
        {
            correlator.Tell(delivery);
        }
        else if (_recent.TryGet(half.Id.Key, out var joined))
        {
            Repeat(delivery, joined.Decide(half));
        }
        else
        {
            correlator = Context.ActorOf(_correlator);
            _correlators.Add(half.Id.Key, correlator);
            _tally = _tally.Count(Verdict.Hold);
            correlator.Tell(delivery);
        }
    }

    private void Repeat(Delivery<Decoded<Half>> delivery, Verdict verdict)
    {
        _tally = _tally.Count(verdict);
        if (verdict == Verdict.Duplicate)
        {
            delivery.Ack();
        }
        else
        {
            _peers.SetAsideConflict(delivery);
        }
    }

    private void Release(CorrelatorProtocol.Joined joined)
    {
        _tally = _tally.Count(Verdict.Join);
        _recent.Add(joined.Key, joined.Correlation);
        if (_correlators.Remove(joined.Key, out var correlator))
        {
            // Behind whatever was sent to it before: a repeated half on its way is still settled there.
            correlator.Tell(PoisonPill.Instance);
        }
    }

    private void Drain()
    {
        _drainer = Sender;
        _toGiveBack = _correlators.Count;
        if (_toGiveBack == 0)
        {
            _drainer.Tell(new ShardProtocol.Drained(_tally));
        }

        foreach (var correlator in _correlators.Values)
        {
            correlator.Tell(CorrelatorProtocol.GiveBack.Instance);
        }
    }

    private void CountDown()
    {
        _toGiveBack--;
        if (_toGiveBack == 0)
        {
            _drainer.Tell(new ShardProtocol.Drained(_tally));
        }
    }
}
