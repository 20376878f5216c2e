namespace Diabetes.Actors;

/// <summary>
/// Messages of one key to one routee; when routees come or go, only the keys next to them on the ring move. The hash does not depend on the process,
/// so the same paths get the same keys after a restart.
/// </summary>
public sealed class ConsistentHashingRoutingLogic : RoutingLogic
{
    private const int DefaultVirtualNodes = 10;

    private readonly ILoggingAdapter _log;
    private readonly ConsistentHashMapping? _mapping;
    private readonly int _virtualNodes;
    private volatile HashRing _ring = HashRing.Empty;

    public ConsistentHashingRoutingLogic(ActorSystem system, int virtualNodesFactor, ConsistentHashMapping? hashMapping)
    {
        _log = Logging.GetLogger(system, this);
        _virtualNodes = virtualNodesFactor == 0 ? DefaultVirtualNodes : virtualNodesFactor;
        _mapping = hashMapping;
    }

    /// <inheritdoc/>
    public override Routee? Select(object message, Routee[] routees)
    {
        if (routees.Length == 0)
        {
            return null;
        }

        var key = _mapping?.Invoke(message) ?? (message as IConsistentHashable)?.ConsistentHashKey;
        if (key is null)
        {
            _log.Warning(
                "Message [{0}] has no key to be routed by. Give the router a hash mapping, wrap the message in a ConsistentHashableEnvelope, or make it IConsistentHashable.",
                message.GetType().Name);
            return null;
        }

        var ring = _ring;
        if (ring.Routees != routees)
        {
            // Two threads may make the same ring at once; either will do.
            _ring = ring = new HashRing(routees, _virtualNodes);
        }

        return ring.Find(StableHash.Of(key));
    }
}
