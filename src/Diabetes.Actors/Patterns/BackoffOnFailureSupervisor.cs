namespace Diabetes.Actors;

/// <summary>Starts its child again, after a pause, when it has failed. A child that stops of itself ends the supervisor.</summary>
internal sealed class BackoffOnFailureSupervisor : BackoffSupervisorBase
{
    private bool _failed;

    public BackoffOnFailureSupervisor(BackoffSettings settings)
        : base(settings)
    {
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, -1, Decide);

    private protected override void ChildStopped()
    {
        if (_failed && MayStartAgain)
        {
            _failed = false;
            StartLater();
        }
        else
        {
            Context.Stop(Self);
        }
    }

    /// <summary>A restart is a stop now and a start later.</summary>
    private Directive Decide(Exception cause)
    {
        var own = Settings.Strategy;
        var directive = own.Decider.Decide(cause);
        if (directive != Directive.Restart)
        {
            return directive;
        }

        _failed = true;
        if (own.WithinTimeRangeMilliseconds > 0 && Restarts == 0)
        {
            Context.System.Scheduler.ScheduleTellOnce(
                TimeSpan.FromMilliseconds(own.WithinTimeRangeMilliseconds), Self, new BackoffSupervisor.ResetRestartCount(Restarts + 1), Self);
        }

        return Directive.Stop;
    }
}
