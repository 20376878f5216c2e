namespace Diabetes.Actors;

/// <summary>Swallows what it is told, for answers that nobody wants.</summary>
internal sealed class IgnoreActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override ActorSystemImpl SystemImpl => system;

    public override void Tell(object message, IActorRef? sender) => InvalidMessageException.ThrowIfNull(message);
}
