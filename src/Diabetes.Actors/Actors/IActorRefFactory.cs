namespace Diabetes.Actors;

/// <summary>Whoever may make actors: a system (under <c>/user</c>) or an actor (under itself).</summary>
public interface IActorRefFactory
{
    /// <summary>Creates a child. It starts on a thread of the pool; a constructor that throws is the supervisor's to handle, not the caller's.</summary>
    /// <param name="props">What to create.</param>
    /// <param name="name">Unique among living siblings; null for a generated one (<c>$a</c>, <c>$b</c>, …).</param>
    /// <exception cref="InvalidActorNameException">The name is taken, empty or has characters that no path element may have.</exception>
    /// <exception cref="InvalidOperationException">The parent is stopping.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>What lives at a path at the time of each message.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>What lives at a path: absolute (<c>/user/a</c>), relative to this factory (<c>../a</c>), with <c>*</c> for any one element.</summary>
    ActorSelection ActorSelection(string actorPath);
}
