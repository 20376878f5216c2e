namespace Diabetes.Actors.Tests;

/// <summary>Tells a <see cref="Worker"/> to throw a <see cref="BoomException"/> of this message.</summary>
internal sealed record Fail(string Reason = "boom");
