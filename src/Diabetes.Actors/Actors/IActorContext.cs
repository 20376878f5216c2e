namespace Diabetes.Actors;

/// <summary>
/// What an actor sees of the kernel. Valid on the actor's own thread of control only: in its constructor, hooks and message handlers,
/// and in what an asynchronous handler does after an await.
/// </summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>This actor.</summary>
    IActorRef Self { get; }

    /// <summary>Who sent the message being handled; <see cref="ActorSystem.DeadLetters"/> if nobody said.</summary>
    IActorRef Sender { get; }

    /// <summary>The actor that made and supervises this one.</summary>
    IActorRef Parent { get; }

    /// <summary>What this actor was made from.</summary>
    Props Props { get; }

    /// <summary>The system this actor lives in.</summary>
    ActorSystem System { get; }

    /// <summary>The idle time after which <see cref="Diabetes.Actors.ReceiveTimeout"/> comes; null if none was asked for.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>The child of that name; <see cref="ActorRefs.Nobody"/> if there is none.</summary>
    IActorRef Child(string name);

    /// <summary>The children as they are now, in order of creation.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Replaces the current behaviour.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Takes the topmost behaviour off; the actor's own stays.</summary>
    void UnbecomeStacked();

    /// <summary>Asks for a <see cref="Diabetes.Actors.ReceiveTimeout"/> message whenever none came for <paramref name="timeout"/>; null ends it.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops a child, or this actor itself, after the message it is handling. What then waits in its mailbox becomes dead letters.</summary>
    void Stop(IActorRef child);
}
