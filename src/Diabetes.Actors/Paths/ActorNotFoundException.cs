namespace Diabetes.Actors;

/// <summary>A selection has no actor.</summary>
public class ActorNotFoundException(string message, Exception? innerException = null) : AkkaException(message, innerException);
