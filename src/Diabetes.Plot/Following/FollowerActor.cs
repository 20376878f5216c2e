using Akka.Hosting;
using Diabetes.Hosting.Configuration.Units;
using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger;
using Diabetes.Ledger.Joins;
using Diabetes.Plot.Charts;
using Diabetes.Plot.Rendering;
using Microsoft.Extensions.Logging;

namespace Diabetes.Plot.Following;

/// <summary>
/// Reads the ledger from where it last stopped, and has a picture drawn if there is anything new. It is always in one of three states:
/// <see cref="Waiting"/> → <see cref="Reading"/> → (<see cref="Drawing"/> →) <see cref="Waiting"/>. Reading and drawing never block the
/// mailbox. Position and statistics are kept in memory only, so a node reads the ledger from the start.
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
    private readonly ReadSchedule _schedule;
    private readonly long _started;

    // Those who asked to finish. A read answers only those who asked before it began; the others get a read of their own.
    private readonly List<IActorRef> _finishers = [];
    private int _answerable;
    private bool _notified;

    // What was logged or reported last, so that a problem that lasts is logged once.
    private bool _serverDown;
    private string? _picture;
    private string? _problem;

    /// <param name="plan">The ledger to follow and the renderer to use.</param>
    /// <param name="time">The clock of the pictures and the timer.</param>
    /// <param name="logger">The node's log.</param>
    /// <param name="giveUp">Cancels a read when the time to drain is over.</param>
    public FollowerActor(FollowerPlan plan, TimeProvider time, ILogger logger, CancellationToken giveUp)
    {
        (_plan, _time, _logger, _giveUp) = (plan, time, logger, giveUp);
        _schedule = new ReadSchedule(plan.Interval);
        _started = time.GetTimestamp();
        Waiting();
    }

    /// <summary>Schedules the next read. Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    protected override void PreStart() => Self.Tell(FollowerProtocol.ReadDue.Instance);

    /// <summary>Nothing is under way. A timer is set for the next read.</summary>
    private void Waiting()
    {
        Receive<FollowerProtocol.ReadDue>(_ => BeginRead());
        Receive<FollowerProtocol.Finish>(_ =>
        {
            _finishers.Add(Sender);
            BeginRead();
        });
        Receive<FollowerProtocol.Notified>(_ => _plan.Trigger == PlotTrigger.Notification, _ =>
        {
            if (_schedule.Notified(Now))
            {
                SetTimer();
            }
        });
        IgnoreTheRest();
    }

    /// <summary>A page of the ledger has been asked for.</summary>
    private void Reading(TimeSpan began)
    {
        Receive<FollowerProtocol.PageRead>(read => Apply(read.Page, began));
        Receive<FollowerProtocol.ReadFailed>(failed => EndUnread(failed.Cause));
        KeepRequests();
        IgnoreTheRest();
    }

    /// <summary>The renderer has been asked for a picture.</summary>
    private void Drawing(TimeSpan began)
    {
        Receive<RendererProtocol.Drawn>(drawn => EndDrawn(drawn.Path, Now - began));
        Receive<Status.Failure>(failure => EndUndrawn(failure.Cause!));
        KeepRequests();
        IgnoreTheRest();
    }

    /// <summary>Remembers requests that come while a read or a drawing is under way; <see cref="End"/> serves them.</summary>
    private void KeepRequests()
    {
        Receive<FollowerProtocol.Finish>(_ => _finishers.Add(Sender));
        Receive<FollowerProtocol.Notified>(_ => _notified = true);
    }

    /// <summary>Drops notifications that trigger nothing.</summary>
    private void IgnoreTheRest() => ReceiveAny(_ => { });

    private void BeginRead()
    {
        Timers.Cancel(nameof(FollowerProtocol.ReadDue));
        _answerable = _finishers.Count;
        var began = Now;
        Become(() => Reading(began));
        RequestPage();
    }

    private void RequestPage() => ReadAsync(_view.Position).PipeTo(Self, failure: cause => new FollowerProtocol.ReadFailed(cause));

    private async Task<FollowerProtocol.PageRead> ReadAsync(long position) =>
        new(await _plan.Reader.ReadFromAsync(position, PageRows, _giveUp));

    private void Apply(LedgerPage page, TimeSpan began)
    {
        if (_serverDown)
        {
            Log.LedgerBack(_logger, _plan.LedgerPath);
        }

        _serverDown = false;
        if (_view.Apply(page))
        {
            Log.LedgerRestarted(_logger, _plan.LedgerPath);
        }

        if (page.Rows.Count + page.Unreadable >= PageRows)
        {
            RequestPage();
            return;
        }

        if (_view.ReportLeftOut() is { } leftOut)
        {
            Log.RowsLeftOut(_logger, leftOut, _plan.LedgerPath);
        }

        if (_view.IsNews)
        {
            Become(() => Drawing(began));
            var errors = new ErrorDistribution(Title, "", _time.GetUtcNow(), _view.Summarise(), _view.Bins());
            _plan.Renderer.ActorRef.Tell(new RendererProtocol.Draw(errors));
            return;
        }

        End(problem: null, picture: false);
    }

    private void EndUnread(Exception cause)
    {
        if (cause is StoreUnusableException && !_view.WasEverRead)
        {
            // The configuration is wrong, so the node ends. After a first successful read the follower keeps trying instead: an operator
            // may be changing the password.
            Context.System.EventStream.Publish(new NodeFailed("The plot node cannot read the ledger.", cause));
        }
        else if (cause is StoreUnavailableException or StoreUnusableException)
        {
            if (!_serverDown)
            {
                Log.LedgerAway(_logger, cause.Message, Durations.Format(_plan.Interval));
            }

            _serverDown = true;
        }
        else if (_problem != cause.Message)
        {
            Log.LedgerUnreadable(_logger, _plan.LedgerPath, cause.Message);
        }

        End(cause.Message, picture: false);
    }

    private void EndDrawn(string path, TimeSpan took)
    {
        switch (_view.Status)
        {
            case LedgerStatus.Missing when _view.WasBegun:
                Log.LedgerGone(_logger, _plan.LedgerPath, path);
                break;
            case LedgerStatus.Missing:
                Log.LedgerMissing(_logger, _plan.LedgerPath, path);
                break;
            case LedgerStatus.Empty:
                Log.LedgerEmpty(_logger, _plan.LedgerPath, path);
                break;
            default:
                var summary = _view.Summarise();
                Log.Updated(_logger, path, (long)took.TotalMilliseconds, summary.Count, summary.Mean, summary.Median);
                break;
        }

        _view.Shown();
        _picture = path;
        End(problem: null, picture: true);
    }

    private void EndUndrawn(Exception cause)
    {
        if (_problem != cause.Message)
        {
            Log.PictureRefused(_logger, cause.Message);
        }

        End(cause.Message, picture: true);
    }

    private void End(string? problem, bool picture)
    {
        _problem = problem;
        _schedule.ReadEnded(Now, picture);
        var answered = new FollowerProtocol.Finished(_view.Rows, _picture, _problem);
        _finishers[.._answerable].ForEach(finisher => finisher.Tell(answered));
        _finishers.RemoveRange(0, _answerable);
        if (_finishers.Count > 0)
        {
            BeginRead();
            return;
        }

        if (_notified && _plan.Trigger == PlotTrigger.Notification)
        {
            _schedule.Notified(Now);
        }

        _notified = false;
        Become(Waiting);
        SetTimer();
    }

    private void SetTimer()
    {
        var wait = _schedule.Due > Now ? _schedule.Due - Now : TimeSpan.Zero;
        Timers.StartSingleTimer(nameof(FollowerProtocol.ReadDue), FollowerProtocol.ReadDue.Instance, wait);
    }
}

/// <summary>Says which ledger a follower reads, how often, and who draws.</summary>
/// <param name="Reader">Reads the ledger.</param>
/// <param name="LedgerPath">The ledger's name in log lines: a path, or a database without its password.</param>
/// <param name="Trigger">What causes a new picture.</param>
/// <param name="Interval">The time between two reads of the ledger, and the shortest time between two pictures.</param>
/// <param name="Renderer">Draws the pictures.</param>
public sealed record FollowerPlan(
    ILedgerReader Reader, string LedgerPath, PlotTrigger Trigger, TimeSpan Interval, IRequiredActor<RendererActor> Renderer);
