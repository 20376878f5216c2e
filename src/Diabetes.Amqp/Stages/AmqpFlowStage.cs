using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Stage;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.Stages;

/// <summary>
/// Publishes messages, and emits the value of each message once the broker has confirmed it. Unconfirmed messages are kept in a ring buffer
/// with the size of the window. Confirms arrive in any order on another thread, which wakes the stage once for many of them.
/// </summary>
internal sealed class AmqpFlowStage<T, TPass>(AmqpSinkSettings settings, Encoder<T> encode, bool ordered)
    : GraphStage<FlowShape<ImmutableArray<Publication<T, TPass>>, ImmutableArray<TPass>>>
{
    private readonly Inlet<ImmutableArray<Publication<T, TPass>>> _in = new("AmqpFlow.in");
    private readonly Outlet<ImmutableArray<TPass>> _out = new("AmqpFlow.out");

    public override FlowShape<ImmutableArray<Publication<T, TPass>>, ImmutableArray<TPass>> Shape => field ??= new(_in, _out);

    protected override Attributes InitialAttributes => Attributes.CreateName($"AmqpFlow-{Uri.EscapeDataString(settings.RoutingKey)}");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, settings, encode, ordered);

    private sealed class Logic : InAndOutGraphStageLogic, IConfirms
    {
        private readonly AmqpFlowStage<T, TPass> _stage;
        private readonly AmqpSinkSettings _settings;
        private readonly Encoder<T> _encode;
        private readonly bool _ordered;
        private readonly Action _wake;
        private readonly Action<AmqpRefusedException> _refused;
        private readonly OutgoingMessage _outgoing;

        // Written by the publisher's thread, under the lock.
        private readonly Lock _gate = new();
        private List<long> _confirmed = [];
        private bool _room;
        private bool _awake;

        // Used only by the stage's thread.
        private readonly (TPass? Pass, bool IsDone)[] _ring;
        private readonly List<TPass> _ready = [];
        private List<long> _collected = [];
        private ImmutableArray<Publication<T, TPass>> _batch = [];
        private int _taken;
        private bool _isEncoded;
        private long _oldest;
        private long _next;
        private AmqpPublisher? _publisher;

        public Logic(AmqpFlowStage<T, TPass> stage, AmqpSinkSettings settings, Encoder<T> encode, bool ordered)
            : base(stage.Shape)
        {
            (_stage, _settings, _encode, _ordered) = (stage, settings, encode, ordered);
            _ring = new (TPass?, bool)[settings.Window];
            _outgoing = new OutgoingMessage(settings.RoutingKey);
            _wake = GetAsyncCallback(Work);
            _refused = GetAsyncCallback<AmqpRefusedException>(FailStage);
            SetHandler(stage._in, this);
            SetHandler(stage._out, this);
        }

        public override void PreStart()
        {
            if (!_settings.StartsWithFirstMessage)
            {
                Start();
            }

            Pull(_stage._in);
        }

        public override void OnPush()
        {
            (_batch, _taken) = (Grab(_stage._in), 0);
            Work();
        }

        public override void OnPull() => GoOn();

        public override void OnUpstreamFinish() => GoOn();

        public override void OnDownstreamFinish(Exception cause)
        {
            if (cause is SubscriptionWithCancelException.NonFailureCancellation)
            {
                CompleteStage();
            }
            else
            {
                FailStage(cause);
            }
        }

        // Unconfirmed messages are dropped. The deliveries that they answer stay unacked, so the broker delivers those again.
        public override void PostStop() => _ = _publisher?.DisposeAsync().AsTask();

        void IConfirms.Confirmed(ReadOnlySpan<long> numbers)
        {
            bool first;
            lock (_gate)
            {
                _confirmed.AddRange(numbers);
                (first, _awake) = (!_awake, true);
            }

            if (first)
            {
                _wake();
            }
        }

        void IConfirms.Room()
        {
            bool first;
            lock (_gate)
            {
                _room = true;
                (first, _awake) = (!_awake, true);
            }

            if (first)
            {
                _wake();
            }
        }

        void IConfirms.Refused(AmqpRefusedException reason) => _refused(reason);

        private void Start() => _publisher ??= _settings.Connection.Publish(_settings, this);

        private void Work()
        {
            lock (_gate)
            {
                // Confirms that arrive from here on are collected below, so they need no wake-up.
                _awake = true;
            }

            do
            {
                Accept();
            }
            while (Collect());

            GoOn();
        }

        /// <summary>Passes on as much of the batch as the publisher has room for.</summary>
        private void Accept()
        {
            var accepted = false;
            while (_taken < _batch.Length && _next - _oldest < _ring.Length)
            {
                var publication = _batch[_taken];
                if (!publication.HasMessage)
                {
                    Skip(publication.PassThrough);
                }
                else if (TryAccept(publication))
                {
                    accepted = true;
                }
                else
                {
                    break;
                }

                _taken++;
            }

            if (accepted)
            {
                _publisher!.Send();
            }
        }

        private void Skip(TPass pass)
        {
            if (_ordered)
            {
                _ring[_next++ % _ring.Length] = (pass, true);
            }
            else
            {
                _ready.Add(pass);
            }
        }

        private bool TryAccept(in Publication<T, TPass> publication)
        {
            Start();
            if (!_isEncoded)
            {
                _outgoing.Clear();
                _encode(publication.Message, _outgoing);
            }

            _isEncoded = !_publisher!.TryAccept(_outgoing, _next);
            if (_isEncoded)
            {
                return false;
            }

            _ring[_next++ % _ring.Length] = (publication.PassThrough, false);
            return true;
        }

        /// <summary>Collects the confirms.</summary>
        /// <returns>True if there may be more room than before.</returns>
        private bool Collect()
        {
            bool room;
            lock (_gate)
            {
                (_collected, _confirmed) = (_confirmed, _collected);
                (room, _room) = (_room, false);
                _awake = _collected.Count > 0 || room;
            }

            foreach (var number in _collected)
            {
                Confirm(ref _ring[number % _ring.Length]);
            }

            var before = _oldest;
            while (_oldest < _next && _ring[_oldest % _ring.Length].IsDone)
            {
                Release(ref _ring[_oldest++ % _ring.Length]);
            }

            var changed = _collected.Count > 0 || room || _oldest > before;
            _collected.Clear();
            return changed;
        }

        private void Confirm(ref (TPass? Pass, bool IsDone) slot)
        {
            slot.IsDone = true;
            if (!_ordered)
            {
                _ready.Add(slot.Pass!);
            }
        }

        private void Release(ref (TPass? Pass, bool IsDone) slot)
        {
            if (_ordered)
            {
                _ready.Add(slot.Pass!);
            }

            slot = default;
        }

        private void GoOn()
        {
            if (_ready.Count > 0 && IsAvailable(_stage._out))
            {
                Push(_stage._out, [.. _ready]);
                _ready.Clear();
            }

            if (_taken < _batch.Length)
            {
                return;
            }

            if (!IsClosed(_stage._in))
            {
                if (!HasBeenPulled(_stage._in) && _ready.Count < _ring.Length)
                {
                    Pull(_stage._in);
                }
            }
            else if (_oldest == _next && _ready.Count == 0)
            {
                CompleteStage();
            }
        }
    }
}
