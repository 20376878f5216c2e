namespace Diabetes.Actors;

/// <summary>A routee that the router made.</summary>
public sealed class ActorRefRoutee(IActorRef actor) : Routee
{
    public IActorRef Actor => actor;

    /// <inheritdoc/>
    public override void Send(object message, IActorRef? sender) => actor.Tell(message, sender);

    /// <inheritdoc/>
    public override string ToString() => actor.Path.ToStringWithoutAddress();
}
