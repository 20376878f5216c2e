using System.Buffers;
using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Stage;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Metric.Rows;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Holds deliveries while their halves are joined. It numbers each half, sends it to the bucket of its id, and emits the delivery when the
/// ledger sends the verdict. An unreadable message is sent to the ledger at once, so that it is counted in a transaction before it is set
/// aside. The prefetch of the queue bounds the number of deliveries in this stage.
/// </summary>
/// <remarks>
/// If a verdict is overdue (a message was lost, or a bucket failed and was created again), the half is sent directly to the ledger of this
/// process, once. This does no harm if the verdict was only late: the ledger remembers receipts, and the store knows every half. While the
/// store is down the clock for overdue verdicts is stopped.
/// </remarks>
internal sealed class OfferStage(OfferSettings settings)
    : GraphStage<FlowShape<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>, Sorted<ICommittable>>>
{
    /// <summary>The largest number of halves in one message.</summary>
    private const int MostTogether = 100;

    private const string SharedSeconds =
        " If ids are whole seconds, all rows of one second have the same id: change the sender to keep the fraction.";

    private readonly Inlet<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>> _in = new("Offer.in");
    private readonly Outlet<Sorted<ICommittable>> _out = new("Offer.out");

    public override FlowShape<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>, Sorted<ICommittable>> Shape =>
        field ??= new(_in, _out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, settings);

    private sealed class Logic : TimerGraphStageLogic
    {
        private readonly OfferStage _stage;
        private readonly OfferSettings _settings;
        private readonly long _started;
        private readonly Dictionary<long, CommittableMessage<Decoded<PairHalf>>> _held = [];

        // The numbers of one batch are consecutive, so one entry is enough for the batch.
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

        /// <summary>The time since the start, without the time in which the store was down.</summary>
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
                    _unusable.Add(new SetAside(_settings.Queue, rejection, message));
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
                ? (RejectionReason.ConflictingValue,
                    $"Id {half.Id} arrived before with another value, which is kept.{(half.Id.Key.IsWholeNumber ? SharedSeconds : "")}")
                : (RejectionReason.UnexpectedModel,
                    $"The prediction for id {half.Id} is by model '{half.Model}', which metric.models does not name.");
            return new SetAside(_settings.Queue, reason.ToString(), detail, body.WrittenMemory, message);
        }

        /// <summary>Sends the halves whose verdicts are overdue directly to the ledger, each once.</summary>
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

        private void TellAlone(CommittableMessage<Decoded<PairHalf>> message, Receipt receipt)
        {
            object request = message.Payload.IsRead
                ? new LedgerProtocol.Alone(new Offer(message.Payload.Value, receipt))
                : new LedgerProtocol.Reject(_settings.Side, receipt);
            _settings.Ledger.Tell(request, _self);
        }

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
