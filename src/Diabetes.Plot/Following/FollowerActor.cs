using Akka.Hosting;
using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger;
using Diabetes.Plot.Charts;
using Diabetes.Plot.Rendering;
using Microsoft.Extensions.Logging;

namespace Diabetes.Plot.Following;

/// <summary>
/// Follows the ledger by position and has a picture drawn when it brings something new. Owns the position and the statistics; after a restart it
/// reads the ledger again from its start. While the ledger is read or the picture drawn, the mailbox goes on.
/// </summary>
public sealed class FollowerActor : ReceiveActor, IWithTimers
{
    private const string Title = "Absolute error of the predictions";
    private const int PageRows = 10_000;

    private readonly FollowerPlan _plan;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _giveUp;
    private readonly LedgerView _view = new();
    private readonly LookSchedule _schedule;
    private readonly List<IActorRef> _finishers = [];
    private readonly long _started;
    private TimeSpan _lookedAt;
    private bool _looking;
    private bool _lookAgain;
    private bool _notified;
    private bool _everRead;
    private bool _away;
    private long _leftOut;
    private string? _picture;
    private string? _problem;

    /// <param name="plan">What to follow, and who draws.</param>
    /// <param name="time">Stamps pictures and paces looks.</param>
    /// <param name="logger">Told of every change.</param>
    /// <param name="giveUp">Cancelled when the time to drain is over.</param>
    public FollowerActor(FollowerPlan plan, TimeProvider time, ILogger logger, CancellationToken giveUp)
    {
        (_plan, _time, _logger, _giveUp) = (plan, time, logger, giveUp);
        _schedule = new LookSchedule(plan.Interval);
        _started = time.GetTimestamp();

        Receive<FollowerProtocol.Notified>(_ => Notified());
        Receive<FollowerProtocol.Look>(_ => Look());
        // An answer to a predecessor that failed meanwhile is not for this one's position.
        Receive<FollowerProtocol.PageRead>(read => _looking && read.Position == _view.Position, read => PageRead(read.Page));
        Receive<FollowerProtocol.PageRead>(_ => { });
        Receive<FollowerProtocol.ReadFailed>(failed => Unreadable(failed.Cause));
        Receive<RendererProtocol.Drawn>(drawn => Drawn(drawn.Path));
        Receive<Status.Failure>(failure => Refused(failure.Cause!));
        Receive<FollowerProtocol.Finish>(_ =>
        {
            _finishers.Add(Sender);
            Look();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    protected override void PreStart() => Self.Tell(FollowerProtocol.Look.Instance);

    private void Notified()
    {
        if (_plan.Trigger != PlotTrigger.Notification) return;
        if (_looking) _notified = true;
        else if (_schedule.Notified(Now)) WaitUntilDue();
    }

    private void Look()
    {
        if (_looking)
        {
            _lookAgain = true;
            return;
        }
        (_looking, _lookedAt) = (true, Now);
        Read();
    }

    private void Read() => ReadAsync(_view.Position).PipeTo(Self, failure: cause => new FollowerProtocol.ReadFailed(cause));

    private async Task<FollowerProtocol.PageRead> ReadAsync(long position) =>
        new(position, await _plan.Reader.ReadFromAsync(position, PageRows, _giveUp));

    private void PageRead(LedgerPage page)
    {
        if (_away) Log.LedgerBack(_logger, _plan.LedgerPath);
        (_everRead, _away) = (true, false);
        if (_view.Apply(page)) Log.LedgerRestarted(_logger, _plan.LedgerPath);
        if (page.Rows.Count + page.Unreadable >= PageRows)
        {
            Read();
            return;
        }
        if (_view.LeftOut > _leftOut) Log.RowsLeftOut(_logger, _view.LeftOut, _plan.LedgerPath);
        _leftOut = _view.LeftOut;
        if (_view.IsNews)
        {
            _plan.Renderer.ActorRef.Tell(new RendererProtocol.Draw(new ErrorDistribution(Title, "", _time.GetUtcNow(), _view.Summarise(), _view.Bins())));
            return;
        }
        _problem = null;
        EndLook(picture: false);
    }

    private void Drawn(string path)
    {
        switch (_view.Status)
        {
            case LedgerStatus.Missing:
                Log.LedgerMissing(_logger, _plan.LedgerPath, path);
                break;
            case LedgerStatus.Empty:
                Log.LedgerEmpty(_logger, _plan.LedgerPath, path);
                break;
            default:
                var (summary, took) = (_view.Summarise(), Now - _lookedAt);
                Log.Updated(_logger, path, summary.Count, summary.Mean, summary.Median, (long)took.TotalMilliseconds);
                break;
        }
        _view.Shown();
        (_picture, _problem) = (path, null);
        EndLook(picture: true);
    }

    private void Unreadable(Exception cause)
    {
        if (cause is StoreUnusableException && !_everRead)
        {
            // A mistake in the configuration. Once it has been read, the same is waited out: somebody may be rotating a password.
            Context.System.EventStream.Publish(new NodeFailed("The ledger cannot be followed.", cause));
        }
        else if (cause is StoreUnavailableException or StoreUnusableException)
        {
            if (!_away) Log.LedgerAway(_logger, cause.Message, _plan.Interval);
            _away = true;
        }
        else if (_problem != cause.Message)
        {
            Log.LedgerUnreadable(_logger, _plan.LedgerPath, cause.Message);
        }

        _problem = cause.Message;
        EndLook(picture: false);
    }

    private void Refused(Exception cause)
    {
        if (_problem != cause.Message) Log.PictureRefused(_logger, cause.Message);
        _problem = cause.Message;
        EndLook(picture: true);
    }

    private void EndLook(bool picture)
    {
        _looking = false;
        _schedule.Looked(Now, picture);
        if (_lookAgain)
        {
            _lookAgain = false;
            Look();
            return;
        }
        _finishers.ForEach(finisher => finisher.Tell(new FollowerProtocol.Finished(_view.Rows, _picture, _problem)));
        _finishers.Clear();
        if (_notified) _schedule.Notified(Now);
        _notified = false;
        WaitUntilDue();
    }

    private void WaitUntilDue()
    {
        var wait = _schedule.Due - Now;
        Timers.StartSingleTimer(nameof(Look), FollowerProtocol.Look.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }
}

/// <summary>What a follower follows, and who works for it.</summary>
/// <param name="Reader">Reads the ledger.</param>
/// <param name="LedgerPath">The ledger's name, for the log.</param>
/// <param name="Trigger">What makes a picture.</param>
/// <param name="Interval">Between two looks at the ledger, and at least between two pictures.</param>
/// <param name="Renderer">Draws the picture.</param>
public sealed record FollowerPlan(ILedgerReader Reader, string LedgerPath, PlotTrigger Trigger, TimeSpan Interval, IRequiredActor<RendererActor> Renderer);
