using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>
/// The hot tier's part for the ids that hash to it: makes a correlator when an id is seen, tells it to spill when it has waited too long, and
/// lets it go when it has handed over. So memory and unsettled deliveries are bounded by seconds of traffic, however late the labels are.
/// </summary>
internal sealed class ShardActor : ReceiveActor, IWithTimers
{
    private readonly Dictionary<JoinKey, IActorRef> _correlators = [];
    private readonly Queue<(TimeSpan Due, JoinKey Key, IActorRef Correlator)> _waiting = new();
    private readonly Props _correlator;
    private readonly TimeSpan _spillAfter;
    private readonly TimeProvider _time;
    private readonly long _started;
    private IActorRef _drainer = ActorRefs.Nobody;
    private long _met;
    private long _spilled;
    private int _leaving;

    /// <param name="joiner">A <see cref="JoinActor"/>.</param>
    /// <param name="spillAfter">How long a half waits in memory.</param>
    /// <param name="time">Measures that.</param>
    public ShardActor(IActorRef joiner, TimeSpan spillAfter, TimeProvider time)
    {
        (_spillAfter, _time, _started) = (spillAfter, time, time.GetTimestamp());
        _correlator = Props.Create(() => new CorrelatorActor(joiner));
        Receive<Delivery<Decoded<Half>>>(Accept);
        Receive<CorrelatorProtocol.HandedOver>(Release);
        Receive<ShardProtocol.SpillDue>(_ => Spill());
        Receive<ShardProtocol.GetTally>(_ => Sender.Tell(Tally()));
        Receive<ShardProtocol.Drain>(_ => Drain());
        Receive<Terminated>(_ =>
        {
            _leaving--;
            AnswerDrainer();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    private void Accept(Delivery<Decoded<Half>> delivery)
    {
        var key = delivery.Payload.Value.Id.Key;
        if (!_correlators.TryGetValue(key, out var correlator))
        {
            correlator = Context.ActorOf(_correlator);
            _correlators.Add(key, correlator);
            _waiting.Enqueue((Now + _spillAfter, key, correlator));
            if (_waiting.Count == 1)
            {
                Timers.StartSingleTimer(nameof(Spill), ShardProtocol.SpillDue.Instance, _spillAfter);
            }
        }

        correlator.Tell(delivery);
    }

    /// <summary>Correlators wait in the order they were made, so those that are due stand in front; most of them have gone long since.</summary>
    private void Spill()
    {
        var now = Now;
        while (_waiting.TryPeek(out var first) && (first.Due <= now || !IsHere(first.Key, first.Correlator)))
        {
            _waiting.Dequeue();
            if (IsHere(first.Key, first.Correlator))
            {
                first.Correlator.Tell(CorrelatorProtocol.Spill.Instance);
            }
        }

        if (_waiting.TryPeek(out var next))
        {
            Timers.StartSingleTimer(nameof(Spill), ShardProtocol.SpillDue.Instance, next.Due - now);
        }
    }

    private bool IsHere(JoinKey key, IActorRef correlator) => _correlators.TryGetValue(key, out var here) && ReferenceEquals(here, correlator);

    private void Release(CorrelatorProtocol.HandedOver handed)
    {
        (_met, _spilled) = handed.Met ? (_met + 1, _spilled) : (_met, _spilled + 1);
        if (_correlators.Remove(handed.Key, out var correlator))
        {
            // Behind whatever was sent to it before: a half that came at the last moment is still handed on.
            correlator.Tell(PoisonPill.Instance);
        }
    }

    /// <summary>Answered when every correlator has gone: only then is all that was sent to one handed on.</summary>
    private void Drain()
    {
        _drainer = Sender;
        foreach (var child in Context.GetChildren())
        {
            Context.Watch(child);
            _leaving++;
        }

        foreach (var correlator in _correlators.Values)
        {
            correlator.Tell(CorrelatorProtocol.Spill.Instance);
        }

        AnswerDrainer();
    }

    private void AnswerDrainer()
    {
        if (_leaving == 0 && !_drainer.IsNobody())
        {
            _drainer.Tell(Tally());
            _drainer = ActorRefs.Nobody;
        }
    }

    private ShardProtocol.Tally Tally() => new(_correlators.Count, _met, _spilled);
}
