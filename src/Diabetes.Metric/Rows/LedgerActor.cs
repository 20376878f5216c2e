using Akka.Hosting;
using Diabetes.Domain.Joining;
using Diabetes.Hosting.Configuration.Units;
using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;

namespace Diabetes.Metric.Rows;

/// <summary>
/// Commits halves to the store; no other actor uses it. Halves that arrive together are committed together, and only then are their origins
/// told the verdicts. While a commit runs, the next batch fills in the mailbox. If the store is down, also at the start, the same batch is
/// tried again every second.
/// </summary>
public sealed class LedgerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly List<(IActorRef Asker, long Pairs)> _waiters = [];
    private readonly IJoinStore _store;
    private readonly IRequiredActor<HistogramActor> _histogram;
    private readonly LedgerPlan _plan;
    private readonly PassedTime _clock;
    private readonly HalfBatch _batch = new();
    private readonly Origins _origins = new();
    private bool _due;
    private bool _refused;
    private bool _unusable;
    private bool _flushed;
    private bool _clockIsOff;
    private bool _tooMany;
    private long _joined;

    /// <param name="store">The store to write to.</param>
    /// <param name="histogram">Receives the pairs that were committed.</param>
    /// <param name="plan">Says when batches are committed, and when halves become orphans.</param>
    public LedgerActor(IJoinStore store, IRequiredActor<HistogramActor> histogram, LedgerPlan plan)
    {
        (_store, _histogram, _plan, _clock) = (store, histogram, plan, new PassedTime(plan.Time));
        Receive<LedgerProtocol.Commit>(commit =>
        {
            Take(commit.First);
            if (commit.Second is { } second)
            {
                Take(second);
            }
        });
        Receive<LedgerProtocol.Alone>(alone => TakeAlone(alone.Half));
        Receive<LedgerProtocol.Reject>(TakeReject);
        Receive<Terminated>(origin => _origins.Forget(origin.ActorRef));
        ReceiveAsync<Begin>(_ => TryAsync(async () => await _store.CountAsync(CancellationToken.None)));
        ReceiveAsync<CommitDue>(_ => CommitAsync());
        ReceiveAsync<SweepDue>(_ => SweepAsync());
        ReceiveAsync<LedgerProtocol.Flush>(async _ =>
        {
            _flushed = true;
            Timers.Cancel(nameof(SweepDue));
            await CommitAsync();
            Sender.Tell(await StateAsync());
        });
        ReceiveAsync<LedgerProtocol.GetState>(async _ => Sender.Tell(await StateAsync()));
        ReceiveAsync<LedgerProtocol.WhenJoined>(message =>
        {
            _waiters.Add((Sender, message.Pairs));
            return AnswerWaitersAsync();
        });
    }

    /// <summary>Schedules commits and sweeps. Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Self.Tell(Begin.Instance);
        Timers.StartSingleTimer(nameof(SweepDue), SweepDue.Instance, _plan.SweepInterval);
    }

    private void Take(Offer offer)
    {
        if (Meet(offer.Receipt).VerdictOf(offer.Receipt.Number) is null)
        {
            var before = _batch.Count;
            _batch.Add(offer);
            Due(before);
        }
    }

    /// <summary>
    /// Adds a half that its origin sends again because it received no verdict. If the verdict was only lost, it is repeated at once.
    /// </summary>
    private void TakeAlone(Offer offer)
    {
        if (Meet(offer.Receipt).VerdictOf(offer.Receipt.Number) is { } verdict)
        {
            TellAgain(offer.Receipt, verdict);
        }
        else
        {
            var before = _batch.Count;
            _batch.AddAlone(offer);
            Due(before);
        }
    }

    private void TakeReject(LedgerProtocol.Reject reject)
    {
        if (Meet(reject.Receipt).VerdictOf(reject.Receipt.Number) is { } verdict)
        {
            TellAgain(reject.Receipt, verdict);
        }
        else
        {
            var before = _batch.Count;
            _batch.Add(reject);
            Due(before);
        }
    }

    private Origins.Origin Meet(Receipt receipt)
    {
        var origin = _origins.Meet(receipt.Origin, out var isNew);
        if (isNew)
        {
            Context.Watch(receipt.Origin);
            if (_refused)
            {
                receipt.Origin.Tell(OfferProtocol.StoreAway.Instance);
            }
        }

        return origin;
    }

    private static void TellAgain(Receipt receipt, Verdict verdict) =>
        receipt.Origin.Tell(new OfferProtocol.Settled([receipt.Number], [verdict]));

    /// <summary>Starts the timer with the first message of a batch. A full batch is committed at once.</summary>
    private void Due(int before)
    {
        if (_refused)
        {
            return;
        }

        if (_batch.Count >= _plan.Policy.Rows && !_due)
        {
            _due = true;
            Timers.Cancel(nameof(CommitDue));
            Self.Tell(CommitDue.Instance);
        }
        else if (before == 0 && _batch.Count > 0)
        {
            Timers.StartSingleTimer(nameof(CommitDue), CommitDue.Instance, _plan.Policy.Interval);
        }
    }

    private async Task CommitAsync()
    {
        _due = false;
        if (_batch.Count == 0 && !_refused)
        {
            return;
        }

        // After a failure also commit an empty batch, to find out whether the store works again.
        var (batch, now) = (_batch.ToJoin(_plan.Models), _clock.Now);
        JoinOutcome? outcome = null;
        if (await TryAsync(async () => outcome = await _store.CommitAsync(batch, now, CancellationToken.None)))
        {
            Settle(outcome!);
            await AnswerWaitersAsync();
        }
    }

    private void Settle(JoinOutcome outcome)
    {
        var rows = outcome.Changes.Where(change => change.After.IsJoined).Select(change => change.After.Pair).ToArray();
        _joined += rows.Length;
        _batch.Settle(outcome.Verdicts, _origins);
        _origins.Tell(Self);
        if (rows.Length > 0)
        {
            _histogram.ActorRef.Tell(new HistogramProtocol.Record(rows));
        }
    }

    /// <summary>
    /// Turns halves that waited too long into orphans, in one transaction; and if more wait than may, the oldest. If there may be more, the
    /// next transaction is queued behind the messages in the mailbox, so that a backlog does not delay commits.
    /// </summary>
    private async Task SweepAsync()
    {
        var given = 0;
        SayClock();
        if (!_refused)
        {
            await TryAsync(async () =>
            {
                var orphans = await _store.OrphanAsync(_clock.Now, _plan.OrphanAfter, _plan.SweepLimit, CancellationToken.None);
                given = orphans.Count;
                if (given > 0)
                {
                    Log.Orphaned(_plan.Logger, given, orphans[0].Id, Durations.Format(_plan.OrphanAfter));
                }

                if (given < _plan.SweepLimit)
                {
                    given = await OrphanExcessAsync();
                }
            });
        }

        if (_flushed)
        {
            return;
        }

        if (given == _plan.SweepLimit)
        {
            Self.Tell(SweepDue.Instance);
        }
        else
        {
            Timers.StartSingleTimer(nameof(SweepDue), SweepDue.Instance, _plan.SweepInterval);
        }
    }

    private async ValueTask<int> OrphanExcessAsync()
    {
        var counts = await _store.CountAsync(CancellationToken.None);
        var pending = counts.YTrue.Pending + counts.YPred.Pending;
        if (pending <= _plan.PendingLimit)
        {
            if (_tooMany && pending <= _plan.PendingLimit / 10 * 9)
            {
                Log.PendingBelowLimit(_plan.Logger, pending, _plan.PendingLimit);
                _tooMany = false;
            }

            return 0;
        }

        if (!_tooMany)
        {
            Log.PendingBeyondLimit(_plan.Logger, pending, _plan.PendingLimit);
        }

        _tooMany = true;
        var excess = (int)Math.Min(pending - _plan.PendingLimit, _plan.SweepLimit);
        return (await _store.OrphanAsync(_clock.Now, TimeSpan.Zero, excess, CancellationToken.None)).Count;
    }

    /// <summary>Logs once that the machine's clock is at odds with the time that passed, and once that it is not any more.</summary>
    private void SayClock()
    {
        var ahead = _clock.ClockIsAhead;
        var isOff = ahead.Duration() > ClockTolerance;
        if (isOff && !_clockIsOff)
        {
            Log.ClockIsOff(_plan.Logger, Math.Round(ahead.TotalSeconds));
        }
        else if (!isOff && _clockIsOff)
        {
            Log.ClockIsBack(_plan.Logger);
        }

        _clockIsOff = isOff;
    }

    private async Task<bool> TryAsync(Func<ValueTask> operation)
    {
        try
        {
            await operation();
        }
        catch (StoreUnavailableException refusal)
        {
            if (!_refused)
            {
                Log.StoreRefused(_plan.Logger, refusal.Message);
                TellOrigins(OfferProtocol.StoreAway.Instance);
            }

            _refused = true;
            Timers.StartSingleTimer(nameof(CommitDue), CommitDue.Instance, RetryAfter);
            return false;
        }
        catch (StoreUnusableException broken)
        {
            GiveUp(broken);
            return false;
        }

        if (_refused)
        {
            Log.StoreBack(_plan.Logger);
            TellOrigins(OfferProtocol.StoreBack.Instance);
        }

        _refused = false;
        return true;
    }

    private void TellOrigins(IClusterMessage message)
    {
        foreach (var origin in _origins.All)
        {
            origin.Tell(message);
        }
    }

    /// <summary>Ends the node. The batch was not acked, so the broker delivers it again after the next start.</summary>
    private void GiveUp(StoreUnusableException broken)
    {
        if (!_unusable)
        {
            Context.System.EventStream.Publish(new NodeFailed("The metric node cannot use the store.", broken));
        }

        (_refused, _unusable) = (true, true);
    }

    private async Task<LedgerProtocol.State> StateAsync()
    {
        StoreCounts? counts = null;
        try
        {
            counts = await _store.CountAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The next commit logs it.
        }
        catch (StoreUnusableException broken)
        {
            GiveUp(broken);
        }

        if (counts?.Mismatch is { } mismatch)
        {
            Log.NotConserved(_plan.Logger, mismatch);
        }

        return new LedgerProtocol.State(_joined, _batch.Count, counts);
    }

    private async Task AnswerWaitersAsync()
    {
        if (_waiters.Exists(waiter => waiter.Pairs <= _joined))
        {
            var state = await StateAsync();
            _waiters.FindAll(waiter => waiter.Pairs <= _joined).ForEach(waiter => waiter.Asker.Tell(state));
            _waiters.RemoveAll(waiter => waiter.Pairs <= _joined);
        }
    }

    private sealed record Begin
    {
        public static readonly Begin Instance = new();
    }

    private sealed record CommitDue
    {
        public static readonly CommitDue Instance = new();
    }

    private sealed record SweepDue
    {
        public static readonly SweepDue Instance = new();
    }
}
