using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>
/// Makes unusable messages durable in the quarantine file, then hands them on to the dead letters, whose confirm settles them. A message to itself
/// behind those that wait in the mailbox makes one disk write of a burst. A disk that refuses is tried again; the deliveries stay unsettled meanwhile, so
/// nothing is lost by it.
/// </summary>
public sealed class QuarantineActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly List<QuarantineEntry> _entries = [];
    private readonly List<IConfirmation> _deliveries = [];
    private readonly IQuarantine _quarantine;
    private readonly IActorRef _deadLetters;
    private readonly ILogger _logger;
    private long _total;
    private bool _refused;

    /// <param name="quarantine">The file.</param>
    /// <param name="deadLetters">A <see cref="DeadLettersActor"/>.</param>
    /// <param name="time">Dates the entries.</param>
    /// <param name="logger">Told what is set aside.</param>
    public QuarantineActor(IQuarantine quarantine, IActorRef deadLetters, TimeProvider time, ILogger logger)
    {
        (_quarantine, _deadLetters, _logger) = (quarantine, deadLetters, logger);

        Receive<QuarantineProtocol.SetAside>(message =>
        {
            _entries.Add(new QuarantineEntry(time.GetUtcNow(), message.Queue, message.Reason, message.Detail, message.Body));
            _deliveries.Add(message.Delivery);
            if (_entries.Count == 1)
            {
                Self.Tell(Commit.Instance);
            }
        });
        Receive<Commit>(_ => Write());
        Receive<QuarantineProtocol.Flush>(_ =>
        {
            Write();
            Sender.Tell(new QuarantineProtocol.Flushed(_total, _entries.Count));
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Write()
    {
        if (_entries.Count == 0)
        {
            return;
        }

        try
        {
            _quarantine.Append(_entries);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            if (!_refused)
            {
                Log.QuarantineRefused(_logger, refusal.Message);
            }

            _refused = true;
            Timers.StartSingleTimer(nameof(Commit), Commit.Instance, RetryAfter);
            return;
        }

        if (_refused)
        {
            Log.QuarantineBack(_logger);
        }

        _refused = false;
        foreach (var kind in _entries.GroupBy(entry => (entry.Queue, entry.Reason)))
        {
            Log.Quarantined(_logger, kind.Count(), kind.Key.Queue, kind.Key.Reason, kind.First().Detail);
        }

        _total += _entries.Count;
        foreach (var (entry, delivery) in _entries.Zip(_deliveries))
        {
            _deadLetters.Tell(new DeadLettersProtocol.Publish(entry, delivery));
        }

        _deliveries.Clear();
        _entries.Clear();
    }

    private sealed record Commit
    {
        public static readonly Commit Instance = new();
    }
}
