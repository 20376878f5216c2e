namespace Diabetes.Actors;

/// <summary>An actor asked for what is not possible in the state it is in.</summary>
public class IllegalActorStateException(string message) : AkkaException(message);
