namespace Diabetes.Actors;

/// <summary>Every actor answers this with an <see cref="ActorIdentity"/>, without its own doing.</summary>
public sealed record Identify(object? MessageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout;
