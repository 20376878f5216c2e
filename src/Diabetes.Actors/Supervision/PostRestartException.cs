namespace Diabetes.Actors;

/// <summary>The new instance could not be created or its <c>PostRestart</c> threw. The supervisor decides about it as about any failure.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"could not be restarted after {originalCause.GetType().Name}: {originalCause.Message}", cause)
{
    /// <summary>The failure that the restart was for.</summary>
    public Exception OriginalCause => originalCause;
}
