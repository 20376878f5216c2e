namespace Diabetes.Actors;

/// <summary>The receiver was gone, and the message says that this does not matter.</summary>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
