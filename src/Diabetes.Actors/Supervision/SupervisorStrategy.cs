namespace Diabetes.Actors;

/// <summary>How an actor answers its children's failures.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops what could not be created, was killed or broke a death pact; restarts the rest.</summary>
    public static readonly IDecider DefaultDecider = Actors.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>One for one, restarts without limit, <see cref="DefaultDecider"/>.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>One for one, stops whatever fails.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    private protected SupervisorStrategy(int maxNumberOfRetries, TimeSpan withinTimeRange, IDecider decider, bool loggingEnabled)
    {
        MaxNumberOfRetries = maxNumberOfRetries;
        WithinTimeRange = withinTimeRange;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Chooses the directive.</summary>
    public IDecider Decider { get; }

    /// <summary>Most restarts of a child; negative for no limit.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>Milliseconds in which restarts are counted; zero or less to count for ever.</summary>
    public int WithinTimeRangeMilliseconds => (int)Math.Min(WithinTimeRange.TotalMilliseconds, int.MaxValue);

    /// <summary>Whether failures are logged.</summary>
    protected bool LoggingEnabled { get; }

    private protected TimeSpan WithinTimeRange { get; }

    /// <summary>False if the failure is the supervisor's now.</summary>
    internal bool HandleFailure(ActorCell supervisor, ActorCell child, Exception cause)
    {
        var directive = Decider.Decide(cause);
        if (LoggingEnabled)
        {
            Log(supervisor, child, cause, directive);
        }

        switch (directive)
        {
            case Directive.Resume:
                child.SendSystem(new ResumeMessage(cause));
                return true;
            case Directive.Restart:
                ProcessFailure(supervisor, true, child, cause);
                return true;
            case Directive.Stop:
                ProcessFailure(supervisor, false, child, cause);
                return true;
            default:
                return false;
        }
    }

    internal abstract void ProcessFailure(ActorCell supervisor, bool restart, ActorCell child, Exception cause);

    private protected bool MayRestart(ActorCell supervisor, ActorCell child)
        => supervisor.RestartStatisticsOf(child).RequestRestart(MaxNumberOfRetries, WithinTimeRange, supervisor.SystemImpl.Time);

    private static void Log(ActorCell supervisor, ActorCell child, Exception cause, Directive directive)
    {
        var what = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        LogEvent? entry = directive switch
        {
            Directive.Escalate => null,
            Directive.Resume => new Warning(cause, child.Path.ToString(), child.Props.Type, what) { Timestamp = supervisor.SystemImpl.EventStream.UtcNow },
            _ => new Error(cause, child.Path.ToString(), child.Props.Type, what) { Timestamp = supervisor.SystemImpl.EventStream.UtcNow },
        };
        if (entry is not null)
        {
            supervisor.SystemImpl.EventStream.Publish(entry);
        }
    }
}
