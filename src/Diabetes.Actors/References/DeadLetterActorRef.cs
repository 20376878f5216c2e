namespace Diabetes.Actors;

/// <summary>Where messages go whose receiver is gone: each is published on the event stream.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override ActorSystemImpl SystemImpl => system;

    public override void Tell(object message, IActorRef? sender)
    {
        InvalidMessageException.ThrowIfNull(message);
        Publish(message is AllDeadLetters dead ? dead : Letter(message, sender ?? this, this));
    }

    /// <summary>A message that did not reach <paramref name="recipient"/>.</summary>
    public void Undelivered(object message, IActorRef? sender, IActorRef recipient) => Publish(Letter(message, sender ?? this, recipient));

    private static AllDeadLetters Letter(object message, IActorRef sender, IActorRef recipient) => message is IDeadLetterSuppression suppressed
        ? new SuppressedDeadLetter(suppressed, sender, recipient)
        : new DeadLetter(message, sender, recipient);

    private void Publish(AllDeadLetters letter)
    {
        // A question put to a dead actor is answered for it; nothing else is.
        if (letter.Message is Identify identify)
        {
            letter.Sender.Tell(new ActorIdentity(identify.MessageId, null), this);
        }

        system.EventStream.Publish(letter);
    }
}
