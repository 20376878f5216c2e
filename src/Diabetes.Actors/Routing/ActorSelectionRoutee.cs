namespace Diabetes.Actors;

/// <summary>A routee that lives somewhere else, known by its path.</summary>
public sealed class ActorSelectionRoutee(ActorSelection actor) : Routee
{
    public ActorSelection Selection => actor;

    /// <inheritdoc/>
    public override void Send(object message, IActorRef? sender) => actor.Tell(message, sender);

    /// <inheritdoc/>
    public override string ToString() => actor.Anchor.Path.ToStringWithoutAddress().TrimEnd('/') + "/" + actor.PathString;
}
