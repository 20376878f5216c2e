namespace Diabetes.Actors;

/// <summary><c>PreRestart</c> threw. Logged; the restart goes on.</summary>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, $"PreRestart threw {restartException.GetType().Name} while restarting after: {cause.Message}", restartException)
{
    /// <summary>What <c>PreRestart</c> threw.</summary>
    public Exception RestartException { get; } = restartException;

    /// <summary>The message that had failed.</summary>
    public object? OptionalMessage => optionalMessage;
}
