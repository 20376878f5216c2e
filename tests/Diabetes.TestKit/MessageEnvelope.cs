using Diabetes.Actors;

namespace Diabetes.Testing;

/// <summary>A message as a test actor got it, with who sent it (the dead letters where nobody did).</summary>
public sealed record MessageEnvelope(object Message, IActorRef Sender);
