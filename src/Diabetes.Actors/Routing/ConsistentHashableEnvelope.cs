namespace Diabetes.Actors;

/// <summary>Gives a message a key.</summary>
public sealed class ConsistentHashableEnvelope(object message, object hashKey) : RouterEnvelope(message), IConsistentHashable
{
    public object HashKey => hashKey;

    /// <inheritdoc/>
    public object ConsistentHashKey => hashKey;
}
