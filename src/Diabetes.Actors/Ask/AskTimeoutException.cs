namespace Diabetes.Actors;

/// <summary>No answer came in time.</summary>
public class AskTimeoutException(string message) : AkkaException(message);
