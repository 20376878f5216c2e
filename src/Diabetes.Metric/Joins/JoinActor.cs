using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>
/// The one door to the store. Halves that come together are made durable together, and only then are their deliveries settled; the mailbox
/// is where the next batch fills meanwhile. A store that refuses is asked again with the same batch, whose deliveries stay unsettled; so is one that is not there
/// yet when the node starts.
/// </summary>
public sealed class JoinActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly List<(IActorRef Asker, long Pairs)> _waiters = [];
    private readonly IJoinStore _store;
    private readonly JoinPlan _plan;
    private readonly JoinPeers _peers;
    private readonly HalfBatch _batch = new();
    private bool _due;
    private bool _refused;
    private bool _unusable;
    private long _joined;

    internal JoinActor(IJoinStore store, JoinPlan plan, JoinPeers peers)
    {
        (_store, _plan, _peers) = (store, plan, peers);
        Receive<JoinProtocol.Commit>(Add);
        Receive<JoinProtocol.Reject>(reject => Due(_batch.Add(reject)));
        ReceiveAsync<Begin>(_ => TryAsync(async () => await _store.CountAsync(CancellationToken.None)));
        ReceiveAsync<CommitDue>(_ => CommitAsync());
        ReceiveAsync<SweepDue>(_ => SweepAsync());
        ReceiveAsync<JoinProtocol.Flush>(async _ =>
        {
            Timers.Cancel(nameof(SweepDue));
            await CommitAsync();
            Sender.Tell(await StateAsync());
        });
        ReceiveAsync<JoinProtocol.GetState>(async _ => Sender.Tell(await StateAsync()));
        ReceiveAsync<JoinProtocol.WhenJoined>(message =>
        {
            _waiters.Add((Sender, message.Pairs));
            return AnswerWaitersAsync();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Self.Tell(Begin.Instance);
        Timers.StartPeriodicTimer(nameof(SweepDue), SweepDue.Instance, _plan.SweepInterval);
    }

    private void Add(JoinProtocol.Commit commit)
    {
        Due(_batch.Add(commit.First));
        if (commit.Second is { } second)
        {
            Due(_batch.Add(second));
        }
    }

    /// <summary>The first of a batch sets the clock; a full batch does not wait for it.</summary>
    private void Due(int count)
    {
        if (_refused)
        {
            return;
        }

        if (count >= _plan.Policy.Rows && !_due)
        {
            _due = true;
            Timers.Cancel(nameof(CommitDue));
            Self.Tell(CommitDue.Instance);
        }
        else if (count == 1)
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

        // Empty, after a refusal, it asks whether the store is back.

        var rules = _batch.Rules(_plan.Models, _plan.Time.GetUtcNow());
        if (await TryAsync(() => _store.CommitAsync(rules.Keys, rules.Decide, CancellationToken.None)))
        {
            Settle(rules.Outcome!);
            await AnswerWaitersAsync();
        }
    }

    private void Settle(JoinOutcome outcome)
    {
        var rows = outcome.Changes.Where(change => change.After.IsJoined).Select(change => change.After.Pair).ToArray();
        _joined += rows.Length;
        if (rows.Length > 0)
        {
            _peers.Histogram.Tell(new HistogramProtocol.Record(rows));
        }

        _batch.Settle(outcome.Verdicts, _peers);
    }

    private async Task SweepAsync()
    {
        var given = _plan.SweepLimit;
        while (given == _plan.SweepLimit && !_refused)
        {
            given = 0;
            await TryAsync(async () =>
            {
                var orphans = await _store.OrphanAsync(_plan.Time.GetUtcNow(), _plan.OrphanAfter, _plan.SweepLimit, CancellationToken.None);
                given = orphans.Count;
                if (given > 0)
                {
                    Log.Orphaned(_peers.Logger, given, orphans[0].Id, _plan.OrphanAfter);
                }
            });
        }
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
                Log.StoreRefused(_peers.Logger, refusal.Message);
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
            Log.StoreBack(_peers.Logger);
        }

        _refused = false;
        if (_batch.Count > 0)
        {
            Timers.StartSingleTimer(nameof(CommitDue), CommitDue.Instance, _plan.Policy.Interval);
        }

        return true;
    }

    /// <summary>The batch stays here, unsettled, and so with the broker: the next start has it again.</summary>
    private void GiveUp(StoreUnusableException broken)
    {
        if (!_unusable)
        {
            Context.System.EventStream.Publish(new NodeFailed("The store cannot be used.", broken));
        }

        (_refused, _unusable) = (true, true);
    }

    private async Task<JoinProtocol.State> StateAsync()
    {
        StoreCounts? counts = null;
        try
        {
            counts = await _store.CountAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Said in the log by whoever commits.
        }
        catch (StoreUnusableException broken)
        {
            GiveUp(broken);
        }

        if (counts?.Mismatch is { } mismatch)
        {
            Log.NotConserved(_peers.Logger, mismatch);
        }

        return new JoinProtocol.State(_joined, _batch.Count, counts);
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
