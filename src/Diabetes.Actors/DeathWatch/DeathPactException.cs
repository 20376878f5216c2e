namespace Diabetes.Actors;

/// <summary>A watched actor stopped and the watcher does not handle <see cref="Terminated"/>: it dies too, unless its supervisor has it otherwise.</summary>
public class DeathPactException(IActorRef deadActor)
    : AkkaException($"{deadActor} terminated, and its watcher does not handle Terminated. Handle it, or do not watch.")
{
    /// <summary>Who stopped.</summary>
    public IActorRef DeadActor => deadActor;
}
