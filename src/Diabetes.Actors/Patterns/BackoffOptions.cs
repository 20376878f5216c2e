namespace Diabetes.Actors;

/// <summary>How a <see cref="BackoffSupervisor"/> goes about it. Immutable.</summary>
public abstract class BackoffOptions
{
    private protected BackoffOptions()
    {
    }

    /// <summary>The pauses are short again when the child has run for this long. The default, with the shortest pause.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The pauses are short again when the supervisor is told <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>What the supervisor does about failures; it turns a restart into a stop and a later start.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Failures stop the child.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>Starts before the supervisor gives up and stops; -1 for no limit.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>The answer to messages that come during a pause, which are otherwise dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>After a message for which this is true, a child that stops is not started again, and the supervisor stops too.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);

    internal abstract Props Props { get; }
}
