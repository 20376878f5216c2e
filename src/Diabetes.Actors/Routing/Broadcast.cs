namespace Diabetes.Actors;

/// <summary>A message for all routees.</summary>
public sealed class Broadcast(object message) : RouterEnvelope(message);
