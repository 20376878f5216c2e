namespace Diabetes.Actors;

/// <summary>The receiver was gone.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
