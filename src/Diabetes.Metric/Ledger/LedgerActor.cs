using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric;

/// <summary>
/// Group commit: rows that come together are written and synced together, and only then are their deliveries settled. One batch is on its
/// way to the disk while the next one fills. A disk that refuses is asked again with the same rows; the deliveries stay unsettled meanwhile.
/// </summary>
public sealed class LedgerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly List<(IActorRef Asker, long Rows)> _waiters = [];
    private readonly ILedger _ledger;
    private readonly IActorRef _histogram;
    private readonly CommitPolicy _policy;
    private readonly ILogger _logger;
    private LedgerBatch _filling = new();
    private LedgerBatch _committing = new();
    private long _committed;
    private bool _busy;
    private bool _refused;

    /// <param name="ledger">Owned by whoever made it.</param>
    /// <param name="policy">When a batch is full.</param>
    /// <param name="histogram">Told the errors that became durable.</param>
    /// <param name="logger">Told when the disk refuses, and when it takes rows again.</param>
    public LedgerActor(ILedger ledger, CommitPolicy policy, IActorRef histogram, ILogger logger)
    {
        (_ledger, _policy, _histogram, _logger) = (ledger, policy, histogram, logger);
        Receive<LedgerProtocol.Append>(Add);
        Receive<CommitDue>(_ => Commit());
        Receive<RetryDue>(_ => Write());
        Receive<Appended>(_ => Settle());
        Receive<Status.Failure>(failure => Retry(failure.Cause!));
        Receive<LedgerProtocol.Flush>(_ =>
        {
            _waiters.Add((Sender, _committed + _committing.Count + _filling.Count));
            Commit();
            AnswerWaiters();
        });
        Receive<LedgerProtocol.WhenCommitted>(message =>
        {
            _waiters.Add((Sender, message.Rows));
            AnswerWaiters();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Add(LedgerProtocol.Append append)
    {
        _filling.Add(append);
        if (_filling.Count >= _policy.Rows)
        {
            Commit();
        }
        else if (_filling.Count == 1)
        {
            Timers.StartSingleTimer(nameof(CommitDue), CommitDue.Instance, _policy.Interval);
        }
    }

    private void Commit()
    {
        if (_busy || _filling.Count == 0)
        {
            return;
        }

        Timers.Cancel(nameof(CommitDue));
        (_filling, _committing) = (_committing, _filling);
        Write();
    }

    private void Write()
    {
        _busy = true;
        var rows = _committing.Rows;
        Task.Run(() => _ledger.AppendAsync(rows, CancellationToken.None).AsTask()).PipeTo(Self, success: () => Appended.Instance);
    }

    private void Settle()
    {
        if (_refused)
        {
            Log.LedgerBack(_logger, _ledger.Count);
        }

        (_busy, _refused) = (false, false);
        _committed += _committing.Count;
        _histogram.Tell(new HistogramProtocol.Record(_committing.Copy()));
        _committing.Settle();
        AnswerWaiters();
        if (_filling.Count > 0)
        {
            Commit();
        }
    }

    private void Retry(Exception cause)
    {
        if (!_refused)
        {
            Log.LedgerRefused(_logger, cause.Message);
        }

        _refused = true;
        Timers.StartSingleTimer(nameof(RetryDue), RetryDue.Instance, RetryAfter);
    }

    private void AnswerWaiters()
    {
        foreach (var (asker, _) in _waiters.FindAll(waiter => waiter.Rows <= _committed))
        {
            asker.Tell(new LedgerProtocol.Flushed(_committed, _ledger.Count));
        }

        _waiters.RemoveAll(waiter => waiter.Rows <= _committed);
    }

    private sealed record CommitDue
    {
        public static readonly CommitDue Instance = new();
    }

    private sealed record RetryDue
    {
        public static readonly RetryDue Instance = new();
    }

    private sealed record Appended
    {
        public static readonly Appended Instance = new();
    }
}
