namespace Diabetes.Actors;

/// <summary>The scheduler takes nothing any more: its system has terminated.</summary>
public sealed class SchedulerException(string message) : AkkaException(message);
