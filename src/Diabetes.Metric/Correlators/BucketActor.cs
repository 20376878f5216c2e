using System.Runtime.InteropServices;
using Akka.Hosting;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Hosting.Actors;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Manages the ids that hash to one bucket. Each id gets a correlator when its first half arrives. If the other half takes too long, the
/// correlator is told to spill, and is then used for another id. So memory and unacked deliveries are bounded by seconds of traffic,
/// however late labels arrive.
/// </summary>
/// <remarks>
/// The bucket is the only sender of a correlator, so messages arrive in order. A correlator is free as soon as it has been sent the message
/// after which it holds nothing. If the bucket waited for an answer instead, a bucket with a long mailbox would create a new correlator for
/// every id, because the answers would queue behind everything else.
/// </remarks>
internal sealed class BucketActor : UntypedActor, IWithTimers
{
    private readonly Dictionary<JoinKey, (IActorRef Correlator, long Assignment, PairSide First)> _assigned = [];
    private readonly Queue<(TimeSpan Due, JoinKey Key, long Assignment)> _waiting = new();

    // Taken from the end, so the correlators at the front are those that have been idle for longest.
    private readonly List<IActorRef> _idle = [];
    private readonly IActorRef _ledger;
    private readonly Props _correlator;
    private readonly TimeSpan _spillAfter;
    private readonly TimeProvider _time;
    private readonly long _started;
    private IActorRef _drainer = ActorRefs.Nobody;
    private long _assignment;
    private long _made;
    private long _met;
    private long _spilled;
    private int _leastIdle;
    private TimeSpan _counted;
    private int _emptying;
    private bool _sweeps;
    private bool _draining;

    /// <param name="ledger">Commits the halves.</param>
    /// <param name="spillAfter">How long a half waits in memory.</param>
    /// <param name="time">The clock for that wait.</param>
    public BucketActor(IRequiredActor<LedgerActor> ledger, TimeSpan spillAfter, TimeProvider time)
    {
        (_ledger, _spillAfter, _time, _started) = (ledger.ActorRef, spillAfter, time, time.GetTimestamp());
        _correlator = Props.CreateBy(new CorrelatorProducer(_ledger));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Ids that become due within this time are spilled in one sweep, so that thousands of ids do not need a sweep each.</summary>
    private TimeSpan Together => _spillAfter / 10;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    protected override SupervisorStrategy SupervisorStrategy() => CrashOnly.Escalate;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OfferProtocol.Offers offers:
                foreach (var (half, number) in offers.Halves)
                {
                    Accept(new Offer(half, new Receipt(offers.Origin, number)));
                }

                break;
            case BucketProtocol.SweepDue:
                Sweep();
                break;
            case BucketProtocol.GetTally:
                Sender.Tell(Tally());
                break;
            case BucketProtocol.Drain:
                Drain();
                break;
            case CorrelatorProtocol.Emptied:
                _emptying--;
                AnswerDrainer();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Accept(Offer offer)
    {
        if (_draining)
        {
            _spilled++;
            _ledger.Tell(new LedgerProtocol.Commit(offer));
            return;
        }

        var key = offer.Half.Id.Key;
        ref var assigned = ref CollectionsMarshal.GetValueRefOrAddDefault(_assigned, key, out var isKnown);
        if (isKnown)
        {
            var (correlator, _, first) = assigned;
            correlator.Tell(offer, Self);
            Release(key, correlator, met: first != offer.Half.Side);
            return;
        }

        assigned = (TakeIdle() ?? Context.ActorOf(_correlator, $"{++_made}"), ++_assignment, offer.Half.Side);
        assigned.Correlator.Tell(new CorrelatorProtocol.Assign(key), Self);
        assigned.Correlator.Tell(offer, Self);
        _waiting.Enqueue((Now + _spillAfter, key, _assignment));
        SweepAfter(_spillAfter);
    }

    private IActorRef? TakeIdle()
    {
        if (_idle.Count == 0)
        {
            return null;
        }

        var idle = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        _leastIdle = Math.Min(_leastIdle, _idle.Count);
        return idle;
    }

    /// <summary>Frees a correlator that has been sent the message after which it holds nothing.</summary>
    private void Release(JoinKey key, IActorRef correlator, bool met)
    {
        (_met, _spilled) = met ? (_met + 1, _spilled) : (_met, _spilled + 1);
        _assigned.Remove(key);
        _idle.Add(correlator);
    }

    private void SweepAfter(TimeSpan wait)
    {
        if (!_sweeps)
        {
            _sweeps = true;
            Timers.StartSingleTimer(nameof(Sweep), BucketProtocol.SweepDue.Instance, wait);
        }
    }

    /// <summary>
    /// Spills the ids that are due. They wait in the order of arrival, so those that are due are at the front. Most of them were joined
    /// long ago.
    /// </summary>
    private void Sweep()
    {
        _sweeps = false;
        if (_draining)
        {
            return;
        }

        var now = Now;
        while (_waiting.TryPeek(out var first) && (first.Due <= now || !Waits(first.Key, first.Assignment)))
        {
            _waiting.Dequeue();
            if (Waits(first.Key, first.Assignment))
            {
                Spill(first.Key);
            }
        }

        if (now - _counted >= _spillAfter)
        {
            _counted = now;
            StopSpare();
        }

        if (_waiting.TryPeek(out var next))
        {
            SweepAfter(next.Due - now > Together ? next.Due - now : Together);
        }
        else if (_idle.Count > 0)
        {
            SweepAfter(_spillAfter);
        }
    }

    private bool Waits(JoinKey key, long assignment) => _assigned.TryGetValue(key, out var assigned) && assigned.Assignment == assignment;

    private void Spill(JoinKey key)
    {
        var correlator = _assigned[key].Correlator;
        correlator.Tell(CorrelatorProtocol.Spill.Instance, Self);
        Release(key, correlator, met: false);
    }

    /// <summary>
    /// Stops half of the correlators that were idle since the last call, so that a burst does not keep them for ever. At most as many are
    /// kept as ever waited at once, which the prefetch bounds.
    /// </summary>
    private void StopSpare()
    {
        var spare = (_leastIdle + 1) / 2;
        foreach (var idle in _idle[..spare])
        {
            // The pill queues behind everything that the correlator was sent before.
            idle.Tell(PoisonPill.Instance, Self);
        }

        _idle.RemoveRange(0, spare);
        _leastIdle = _idle.Count;
    }

    private void Drain()
    {
        _drainer = Sender;
        if (!_draining)
        {
            _draining = true;
            foreach (var key in _assigned.Keys.ToArray())
            {
                Spill(key);
            }

            // Their answers prove that the ledger has received everything they held.
            foreach (var correlator in _idle)
            {
                _emptying++;
                correlator.Tell(CorrelatorProtocol.Empty.Instance, Self);
            }
        }

        AnswerDrainer();
    }

    private void AnswerDrainer()
    {
        if (_emptying == 0 && !_drainer.IsNobody())
        {
            _drainer.Tell(Tally());
            _drainer = ActorRefs.Nobody;
        }
    }

    private BucketProtocol.Tally Tally() => new(_assigned.Count, _met, _spilled);

    /// <summary>Creates correlators without reflection, because a busy node creates thousands per second.</summary>
    private sealed class CorrelatorProducer(IActorRef ledger) : IIndirectActorProducer
    {
        public Type ActorType => typeof(CorrelatorActor);

        public ActorBase Produce() => new CorrelatorActor(ledger);

        public void Release(ActorBase actor)
        {
        }
    }
}
