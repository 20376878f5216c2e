namespace Diabetes.Actors;

/// <summary>A message that knows its key: messages of one key go to one routee.</summary>
public interface IConsistentHashable
{
    object ConsistentHashKey { get; }
}
