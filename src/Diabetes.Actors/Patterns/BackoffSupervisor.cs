namespace Diabetes.Actors;

/// <summary>Starts its child again, after a pause, when it has stopped. Made through <see cref="Props(BackoffOptions)"/>.</summary>
public sealed class BackoffSupervisor : BackoffSupervisorBase
{
    internal BackoffSupervisor(BackoffSettings settings)
        : base(settings)
    {
    }

    /// <summary>Props of a supervisor with options from <see cref="Backoff"/>.</summary>
    public static Props Props(BackoffOptions options) => options.Props;

    /// <summary>Props of a supervisor for a child that is started again when it stops.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries = -1)
        => Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => Settings.Strategy;

    private protected override void ChildStopped()
    {
        if (MayStartAgain)
        {
            StartLater();
        }
        else
        {
            Context.Stop(Self);
        }
    }

    /// <summary>Asks for a <see cref="CurrentChild"/>.</summary>
    public sealed record GetCurrentChild
    {
        public static readonly GetCurrentChild Instance = new();
    }

    /// <summary>The child; null during a pause.</summary>
    public sealed record CurrentChild(IActorRef? Ref);

    /// <summary>Makes the pauses short again, where that is done by hand.</summary>
    public sealed record Reset
    {
        public static readonly Reset Instance = new();
    }

    /// <summary>Asks for a <see cref="RestartCount"/>.</summary>
    public sealed record GetRestartCount
    {
        public static readonly GetRestartCount Instance = new();
    }

    /// <summary>Starts since the last reset.</summary>
    public sealed record RestartCount(int Count);

    internal sealed record StartChild : IDeadLetterSuppression
    {
        public static readonly StartChild Instance = new();
    }

    internal sealed record ResetRestartCount(int Current) : IDeadLetterSuppression;
}
