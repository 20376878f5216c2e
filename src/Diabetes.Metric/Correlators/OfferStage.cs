using System.Buffers;
using System.Collections.Immutable;
using Akka.Streams.Stage;
using Akka.Streams;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Holds deliveries while their halves are joined: tells each half, with a number of its own, to the bucket of its id, and lets the delivery go on when the ledger
/// has told the verdict. What could not be read is told to the ledger at once, so that it is counted in a transaction before it is set aside. What is held is
/// bounded by the queue's prefetch.
/// </summary>
/// <remarks>
/// A half without a verdict in time (a message was lost, a bucket restarted, its node died) is told to the ledger of this process, alone and once. That does no
/// harm where the verdict was only late: the ledger knows the receipts that it holds or has answered, and the store knows every half. While the store is away no
/// time passes for this.
/// </remarks>
internal sealed class OfferStage(OfferSettings settings)
    : GraphStage<FlowShape<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>, Sorted<ICommittable>>>
{
    /// <summary>Most halves of one message, so that a message between nodes stays within a frame.</summary>
    private const int MostTogether = 100;

    private const string SharedSeconds = " If ids are whole seconds, all rows of one second share one: have the sender keep the fraction.";

    private readonly Inlet<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>> _in = new("Offer.in");
    private readonly Outlet<Sorted<ICommittable>> _out = new("Offer.out");

    public override FlowShape<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>, Sorted<ICommittable>> Shape => field ??= new(_in, _out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, settings);

    private sealed class Logic : TimerGraphStageLogic
    {
        private readonly OfferStage _stage;
        private readonly OfferSettings _settings;
        private readonly long _started;
        private readonly Dictionary<long, CommittableMessage<Decoded<PairHalf>>> _held = [];

        // The numbers of one batch follow each other, so one time stands for all of them.
        private readonly Queue<(long Last, TimeSpan Offered)> _offered = new();
        private readonly List<OfferProtocol.Numbered>[] _groups;
        private readonly List<int> _touched = [];
        private readonly ImmutableArray<ICommittable>.Builder _usable = ImmutableArray.CreateBuilder<ICommittable>();
        private readonly ImmutableArray<SetAside>.Builder _unusable = ImmutableArray.CreateBuilder<SetAside>();
        private long _number;
        private long _asked;
        private TimeSpan _stood;
        private TimeSpan? _awaySince;
        private IActorRef _self = ActorRefs.Nobody;

        public Logic(OfferStage stage, OfferSettings settings)
            : base(stage.Shape)
        {
            (_stage, _settings, _started) = (stage, settings, settings.Time.GetTimestamp());
            _groups = new List<OfferProtocol.Numbered>[settings.BucketCount];
            SetHandler(stage._in, onPush: OnPush, onUpstreamFinish: GoOn);
            SetHandler(stage._out, onPull: GoOn);
        }

        private TimeSpan Patience => _settings.SpillAfter + OfferSettings.Patience;

        /// <summary>Time in which verdicts could have come.</summary>
        private TimeSpan Now => (_awaySince ?? _settings.Time.GetElapsedTime(_started)) - _stood;

        public override void PreStart()
        {
            _self = GetStageActor(Receive).Ref;
            Pull(_stage._in);
        }

        protected override void OnTimer(object timerKey) => OfferAlone();

        private void OnPush()
        {
            foreach (var message in Grab(_stage._in))
            {
                _held.Add(++_number, message);
                if (message.Payload.IsRead)
                {
                    Group(message.Payload.Value);
                }
                else
                {
                    _settings.Ledger.Tell(new LedgerProtocol.Reject(_settings.Side, new Receipt(_self, _number)), _self);
                }
            }

            TellGroups();
            _offered.Enqueue((_number, Now));
            if (_offered.Count == 1)
            {
                Watch(Patience);
            }

            Pull(_stage._in);
        }

        private void Group(in PairHalf half)
        {
            var bucket = Buckets.Of(half.Id.Key, _groups.Length);
            var group = _groups[bucket] ??= [];
            if (group.Count == 0)
            {
                _touched.Add(bucket);
            }

            group.Add(new OfferProtocol.Numbered(half, _number));
            if (group.Count == MostTogether)
            {
                TellGroup(bucket);
            }
        }

        private void TellGroups()
        {
            foreach (var bucket in _touched)
            {
                TellGroup(bucket);
            }

            _touched.Clear();
        }

        private void TellGroup(int bucket)
        {
            if (_groups[bucket] is { Count: > 0 } group)
            {
                _settings.Correlators.Tell(new OfferProtocol.Offers(bucket, [.. group], _self), _self);
                group.Clear();
            }
        }

        private void Receive((IActorRef Sender, object Message) received)
        {
            switch (received.Message)
            {
                case OfferProtocol.Settled settled:
                    Settle(settled);
                    GoOn();
                    break;
                case OfferProtocol.StoreAway when _awaySince is null:
                    _awaySince = _settings.Time.GetElapsedTime(_started);
                    CancelTimer(nameof(OfferAlone));
                    break;
                case OfferProtocol.StoreBack when _awaySince is { } since:
                    _stood += _settings.Time.GetElapsedTime(_started) - since;
                    _awaySince = null;
                    OfferAlone();
                    break;
            }
        }

        private void Settle(OfferProtocol.Settled settled)
        {
            for (var i = 0; i < settled.Numbers.Length; i++)
            {
                // A number that is not held was answered before.
                if (!_held.Remove(settled.Numbers[i], out var message))
                {
                    continue;
                }

                if (message.Payload.Rejection is { } rejection)
                {
                    _unusable.Add(new SetAside(_settings.Queue, rejection.Reason.ToString(), rejection.Detail, rejection.Body, message));
                }
                else if (settled.Verdicts[i] is Verdict.Conflict or Verdict.UnexpectedModel)
                {
                    _unusable.Add(Contradict(message, settled.Verdicts[i]));
                }
                else
                {
                    _usable.Add(message);
                }
            }
        }

        private SetAside Contradict(CommittableMessage<Decoded<PairHalf>> message, Verdict verdict)
        {
            var half = message.Payload.Value;
            var body = new ArrayBufferWriter<byte>();
            WireCodec.WriteHalf(half, body);
            var (reason, detail) = verdict == Verdict.Conflict
                ? (RejectionReason.ConflictingValue, $"Id {half.Id} came before with another value, which stands.{(half.Id.Key.IsWholeNumber ? SharedSeconds : "")}")
                : (RejectionReason.UnexpectedModel, $"Id {half.Id} is predicted by model '{half.Model}', which metric.models does not name.");
            return new SetAside(_settings.Queue, reason.ToString(), detail, body.WrittenMemory, message);
        }

        /// <summary>Tells the ledger itself the halves that waited too long for a verdict, each once.</summary>
        private void OfferAlone()
        {
            if (_awaySince is not null)
            {
                return;
            }

            while (_offered.TryPeek(out var batch))
            {
                if (batch.Offered + Patience is var due && due > Now && HoldsAny(batch.Last))
                {
                    Watch(due - Now);
                    return;
                }

                for (; _asked < batch.Last; _asked++)
                {
                    if (_held.TryGetValue(_asked + 1, out var message))
                    {
                        TellAlone(message, new Receipt(_self, _asked + 1));
                    }
                }

                _offered.Dequeue();
            }
        }

        private bool HoldsAny(long last)
        {
            while (_asked < last && !_held.ContainsKey(_asked + 1))
            {
                _asked++;
            }

            return _asked < last;
        }

        private void TellAlone(CommittableMessage<Decoded<PairHalf>> message, Receipt receipt) => _settings.Ledger.Tell(
            message.Payload.IsRead ? new LedgerProtocol.Alone(new Offer(message.Payload.Value, receipt)) : new LedgerProtocol.Reject(_settings.Side, receipt), _self);

        private void Watch(TimeSpan wait)
        {
            if (_awaySince is null)
            {
                ScheduleOnce(nameof(OfferAlone), wait);
            }
        }

        private void GoOn()
        {
            if (_usable.Count + _unusable.Count > 0 && IsAvailable(_stage._out))
            {
                Push(_stage._out, new Sorted<ICommittable>(_usable.DrainToImmutable(), _unusable.DrainToImmutable()));
            }

            if (IsClosed(_stage._in) && _held.Count == 0 && _usable.Count + _unusable.Count == 0)
            {
                CompleteStage();
            }
        }
    }
}
