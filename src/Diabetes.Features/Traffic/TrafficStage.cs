using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Akka.Streams;
using Akka.Streams.Stage;
using Diabetes.Amqp;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Features.Traffic;

/// <summary>
/// Emits rows at a given rate, the label of each row when it is due, and at most one notification per interval. An element holds everything
/// that was due at the same time. Each outlet has its own demand: without demand for rows no row is made; without demand for labels or
/// notifications they wait in this stage.
/// </summary>
/// <param name="plan">Says what to send.</param>
/// <param name="connection">The connection to the broker. While it is down, no row is made.</param>
/// <param name="time">The clock for ids and for the rate.</param>
internal sealed class TrafficStage(FeaturesPlan plan, AmqpConnection connection, TimeProvider time)
    : GraphStageWithMaterializedValue<TrafficShape, ITraffic>
{
    /// <summary>The shortest timer. Anything due sooner waits for it.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);

    /// <summary>The time between two checks of the connection while it is down.</summary>
    private static readonly TimeSpan BrokerWait = TimeSpan.FromMilliseconds(100);

    /// <summary>The largest number of labels and notifications in this stage, about 100 MB. When it is reached, no row is made.</summary>
    public int MostOwed { get; init; } = 1_000_000;

    public override TrafficShape Shape { get; } = new(new("Traffic.rows"), new("Traffic.labels"), new("Traffic.notifications"));

    public override ILogicAndMaterializedValue<ITraffic> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(Shape, plan, connection, time, MostOwed);
        return new LogicAndMaterializedValue<ITraffic>(logic, logic);
    }

    private sealed class Logic : TimerGraphStageLogic, ITraffic
    {
        private readonly TrafficShape _out;
        private readonly FeaturesPlan _plan;
        private readonly AmqpConnection _connection;
        private readonly TimeProvider _time;
        private readonly int _mostOwed;
        private readonly Action<NotUsed> _finish;
        private readonly long _started;
        private readonly PendingLabels _pending = new();
        private readonly IdSequence _ids = new();
        private readonly Notices _notices;
        private readonly Pace _pace;
        private readonly Random _random;
        private bool _finishing;
        private TimeSpan _alarm = TimeSpan.MaxValue;

        public Logic(TrafficShape shape, FeaturesPlan plan, AmqpConnection connection, TimeProvider time, int mostOwed)
            : base(shape)
        {
            (_out, _plan, _connection, _time, _mostOwed) = (shape, plan, connection, time, mostOwed);
            _started = time.GetTimestamp();
            _notices = new Notices(plan.NotifyInterval ?? TimeSpan.Zero);
            _pace = new Pace(plan.Rate);
            _random = plan.Seed is { } seed ? new Random(seed) : new Random();

            // This kind of callback also accepts calls that come before the stream has started.
            _finish = GetAsyncCallback<NotUsed>(_ =>
            {
                _finishing = true;
                PushWhatIsDue();
            });
            SetHandler(shape.Rows, onPull: PushWhatIsDue);
            SetHandler(shape.Labels, onPull: PushWhatIsDue);
            SetHandler(shape.Notifications, onPull: PushWhatIsDue);
        }

        public long Rows { get; private set; }

        private bool NoMoreRows => _finishing || (_plan.Count > 0 && Rows >= _plan.Count);

        private bool NoMoreLabels => NoMoreRows && _pending.Count == 0;

        private int Owed => _pending.Count + _notices.Count;

        /// <summary>
        /// False while the connection is down. A row that only waits in the sink would be lost with this process, and its id would be old
        /// when the broker is back.
        /// </summary>
        private bool HasBroker => _connection.State != AmqpConnectionState.Waiting;

        public void Finish() => _finish(NotUsed.Instance);

        protected override void OnTimer(object timerKey)
        {
            _alarm = TimeSpan.MaxValue;
            PushWhatIsDue();
        }

        private void PushWhatIsDue()
        {
            var now = _time.GetElapsedTime(_started);
            while (PushRows(now) | PushLabels(now) | PushNotifications(now))
            {
                // Each push can make another one possible. No outlet is pushed twice without a pull.
            }

            if (NoMoreLabels && _notices.Count == 0)
            {
                CompleteStage();
            }
            else
            {
                WaitForTheNext(now);
            }
        }

        private bool PushRows(TimeSpan now)
        {
            if (NoMoreRows || Owed >= _mostOwed || !IsAvailable(_out.Rows) || !HasBroker)
            {
                return false;
            }

            var wanted = _plan.Count > 0 ? _plan.Count - Rows : long.MaxValue;
            var rows = new FeatureVector[Math.Min(Math.Min(_pace.Take(now), _mostOwed - Owed), wanted)];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = Draw(now);
            }

            return PushAny(_out.Rows, ImmutableCollectionsMarshal.AsImmutableArray(rows));
        }

        private FeatureVector Draw(TimeSpan now)
        {
            var row = _random.Next(_plan.Dataset.Count);
            var id = _ids.Next((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            _pending.Add(new PairHalf(id, PairSide.YTrue, _plan.Dataset.Targets[row]), now + _plan.LabelDelay.Draw(_random.NextDouble()));
            Rows++;
            return new FeatureVector(id, _plan.Dataset.Features(row));
        }

        private bool PushLabels(TimeSpan now)
        {
            if (!IsAvailable(_out.Labels))
            {
                return false;
            }

            var labels = _pending.Take(_finishing ? TimeSpan.MaxValue : now, Pace.Burst);
            if (_plan.NotifyInterval is not null)
            {
                foreach (var label in labels)
                {
                    _notices.Add(label.Id);
                }
            }

            return PushAny(_out.Labels, labels);
        }

        private bool PushNotifications(TimeSpan now) =>
            IsAvailable(_out.Notifications) && PushAny(_out.Notifications, _notices.Take(now, Pace.Burst, isLast: NoMoreLabels));

        private bool PushAny<T>(Outlet<ImmutableArray<T>> outlet, ImmutableArray<T> batch)
        {
            if (batch.Length > 0)
            {
                Push(outlet, batch);
            }

            return batch.Length > 0;
        }

        /// <summary>
        /// Sets the timer for the earliest due time, unless an earlier timer is set. An outlet without demand needs no timer: its next pull
        /// pushes what is due.
        /// </summary>
        private void WaitForTheNext(TimeSpan now)
        {
            TimeSpan?[] due =
            [
                IsAvailable(_out.Labels) ? _pending.NextDue : null,
                IsAvailable(_out.Notifications) ? _notices.NextDue : null,
                NoMoreRows || Owed >= _mostOwed || !IsAvailable(_out.Rows) ? null : HasBroker ? _pace.NextDue(now) : now + BrokerWait,
            ];
            if (due.Min() is not { } next)
            {
                return;
            }

            var wait = next - now > ShortestWait ? next - now : ShortestWait;
            if (now + wait < _alarm)
            {
                _alarm = now + wait;
                ScheduleOnce(nameof(_alarm), wait);
            }
        }
    }
}
