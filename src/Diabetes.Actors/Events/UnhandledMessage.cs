namespace Diabetes.Actors;

/// <summary>The receiver did not know what to do with it.</summary>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
