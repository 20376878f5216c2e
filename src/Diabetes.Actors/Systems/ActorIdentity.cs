namespace Diabetes.Actors;

/// <summary>Answer to <see cref="Identify"/>.</summary>
/// <param name="MessageId">Of the question.</param>
/// <param name="Subject">The actor that answers; null if there is none.</param>
public sealed record ActorIdentity(object? MessageId, IActorRef? Subject);
