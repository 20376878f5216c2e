using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Features;

/// <summary>
/// Draws rows at a pace and sends them, each followed, when its label is due, by the label and a notification. Waits for the broker in its
/// own mailbox: as long as it is not there, or a sink has no room, no row is drawn.
/// </summary>
public sealed class FeaturesActor : ReceiveActor, IWithTimers
{
    /// <summary>Labels that may be outstanding: about 100 MB. At the bound, rows wait for labels.</summary>
    private const int MostPending = 1_000_000;

    /// <summary>Shorter waits are not worth a timer.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);

    /// <summary>Between two looks for a broker that is not there.</summary>
    private static readonly TimeSpan BrokerWait = TimeSpan.FromMilliseconds(100);

    private readonly FeaturesPlan _plan;
    private readonly FeaturesSinks _sinks;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopRows;
    private readonly CancellationToken _giveUp;
    private readonly long _started;
    private readonly PendingLabels _pending = new();
    private readonly List<IActorRef> _waiters = [];
    private readonly IdSequence _ids = new();
    private readonly Pace _pace;
    private readonly Random _random;
    private long _rows;
    private bool _finishing;
    private Exception? _failure;

    /// <param name="plan">What to send.</param>
    /// <param name="sinks">Where to; owned by whoever made them.</param>
    /// <param name="time">Stamps ids and paces rows.</param>
    /// <param name="stopRows">Cancelled when no more rows are wanted, so that a row does not wait for a broker that is not there.</param>
    /// <param name="giveUp">Cancelled when there is no more time to wait for the broker with the labels either.</param>
    public FeaturesActor(FeaturesPlan plan, FeaturesSinks sinks, TimeProvider time, CancellationToken stopRows, CancellationToken giveUp)
    {
        (_plan, _sinks, _time, _stopRows, _giveUp) = (plan, sinks, time, stopRows, giveUp);
        _started = time.GetTimestamp();
        _pace = new Pace(plan.Rate);
        _random = plan.Seed is { } seed ? new Random(seed) : new Random();

        ReceiveAsync<FeaturesProtocol.Tick>(_ => SendWhatIsDueAsync());
        Receive<FeaturesProtocol.WhenFinished>(_ =>
        {
            _waiters.Add(Sender);
            if (IsFinished || _failure is not null)
            {
                Self.Tell(FeaturesProtocol.Tick.Instance);
            }
        });
        Receive<FeaturesProtocol.Finish>(_ =>
        {
            _waiters.Add(Sender);
            _finishing = true;
            Self.Tell(FeaturesProtocol.Tick.Instance);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    private bool NoMoreRows => _finishing || _stopRows.IsCancellationRequested || (_plan.Count > 0 && _rows >= _plan.Count);

    /// <summary>A row that only the sink has is gone with this process, and its id is old when the broker comes.</summary>
    private bool HasBroker => _sinks.Broker.State != BrokerState.Waiting;

    private bool IsFinished => NoMoreRows && _pending.Count == 0;

    protected override void PreStart() => Self.Tell(FeaturesProtocol.Tick.Instance);

    private async Task SendWhatIsDueAsync()
    {
        if (_failure is not null)
        {
            TellWaiters(new Status.Failure(_failure));
            return;
        }

        try
        {
            await SendRowsAsync();
            await SendLabelsAsync();
            if (!IsFinished)
            {
                Wait();
            }
            else if (_waiters.Count > 0)
            {
                await FinishAsync();
            }
        }
        catch (Exception cutOff) when (cutOff is OperationCanceledException or ObjectDisposedException && _giveUp.IsCancellationRequested)
        {
            // Out of time: what the sinks still hold is counted where they are closed.
        }
        catch (Exception failure)
        {
            // Mostly a broker that refuses. A restart would forget the labels that are owed and fail again: whoever waits for the end is told.
            _failure = failure;
            TellWaiters(new Status.Failure(failure));
        }
    }

    private async ValueTask SendRowsAsync()
    {
        if (!HasBroker)
        {
            await HearRefusalAsync();
            return;
        }

        var rows = NoMoreRows ? 0 : Math.Min(_pace.Take(Now), MostPending - _pending.Count);
        for (var i = 0; i < rows && !NoMoreRows; i++)
        {
            await SendRowAsync();
        }
    }

    /// <summary>A broker that refuses stays away for ever. A sink says so when it is flushed, which takes no time while it holds nothing.</summary>
    private Task HearRefusalAsync() => _sinks.Outstanding == 0 ? _sinks.FlushAsync(_giveUp) : Task.CompletedTask;

    private async ValueTask SendRowAsync()
    {
        var row = _random.Next(_plan.Dataset.Count);
        var id = _ids.Next((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        try
        {
            await _sinks.Features.PublishAsync(new FeatureVector(id, _plan.Dataset.Features(row)), null, _stopRows);
        }
        catch (OperationCanceledException) when (_stopRows.IsCancellationRequested)
        {
            return;
        }

        _pending.Add(new Half(id, Side.YTrue, _plan.Dataset.Targets[row]), Now + _plan.LabelDelay.Draw(_random.NextDouble()));
        _rows++;
    }

    private async ValueTask SendLabelsAsync()
    {
        while (_pending.TryTake(_finishing ? TimeSpan.MaxValue : Now, out var label))
        {
            await _sinks.YTrue.PublishAsync(label, null, _giveUp);
            await _sinks.Notification.PublishAsync(label.Id, null, _giveUp);
        }
    }

    private async Task FinishAsync()
    {
        await _sinks.FlushAsync(_giveUp);
        TellWaiters(new FeaturesProtocol.Finished(_rows));
    }

    private void TellWaiters(object end)
    {
        _waiters.ForEach(waiter => waiter.Tell(end));
        _waiters.Clear();
    }

    private void Wait()
    {
        var now = Now;
        var next = _pending.NextDue ?? TimeSpan.MaxValue;
        var row = HasBroker ? _pace.NextDue(now) : now + BrokerWait;
        if (!NoMoreRows && _pending.Count < MostPending && row < next)
        {
            next = row;
        }

        if (next <= now)
        {
            Self.Tell(FeaturesProtocol.Tick.Instance);
        }
        else
        {
            var wait = next - now;
            Timers.StartSingleTimer(nameof(Wait), FeaturesProtocol.Tick.Instance, wait > ShortestWait ? wait : ShortestWait);
        }
    }
}
