namespace Diabetes.Actors;

/// <summary>Gives the key of a message; null if it has none.</summary>
public delegate object? ConsistentHashMapping(object msg);
