namespace Diabetes.Actors;

/// <summary>A message that was refused on its way, as by a router without routees.</summary>
public sealed class Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient)
{
    /// <summary>Why.</summary>
    public string Reason => reason;
}
