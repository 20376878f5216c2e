namespace Diabetes.Hosting;

/// <summary>Published on the event stream by whatever cannot go on: the node host says so, drains what it can and exits with an error.</summary>
/// <param name="What">What cannot be done and what to do about it.</param>
/// <param name="Cause">Why.</param>
public sealed record NodeFailed(string What, Exception Cause);
