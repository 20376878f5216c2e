namespace Diabetes.Actors;

/// <summary>A message that the kernel handles on the actor's behalf, in its turn in the mailbox.</summary>
public interface IAutoReceivedMessage;
