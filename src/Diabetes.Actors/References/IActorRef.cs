namespace Diabetes.Actors;

/// <summary>A handle to an actor: to send it messages and to know it by. Stays valid after the actor stopped; messages are dead letters then.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>
{
    /// <summary>Where the actor lives.</summary>
    ActorPath Path { get; }
}
