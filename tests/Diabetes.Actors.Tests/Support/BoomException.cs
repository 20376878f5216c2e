namespace Diabetes.Actors.Tests;

/// <summary>What a test actor throws when told to.</summary>
internal sealed class BoomException(string message) : Exception(message);
