namespace Diabetes.Actors;

/// <summary>Messages of one key go to one actor.</summary>
public sealed class ConsistentHashingGroup : Group
{
    private readonly ConsistentHashMapping? _mapping;

    public ConsistentHashingGroup(params string[] paths)
        : this(paths, null, 0)
    {
    }

    public ConsistentHashingGroup(IEnumerable<string> paths)
        : this(paths, null, 0)
    {
    }

    public ConsistentHashingGroup(IEnumerable<string> paths, ConsistentHashMapping hashMapping)
        : this(paths, hashMapping, 0)
    {
    }

    private ConsistentHashingGroup(IEnumerable<string> paths, ConsistentHashMapping? mapping, int virtualNodesFactor)
        : base(paths)
    {
        _mapping = mapping;
        VirtualNodesFactor = virtualNodesFactor;
    }

    /// <summary>Points on the ring an actor; 0 for the default.</summary>
    public int VirtualNodesFactor { get; }

    /// <summary>Takes keys from messages that do not bring their own.</summary>
    public ConsistentHashingGroup WithHashMapping(ConsistentHashMapping mapping) => new(Paths, mapping, VirtualNodesFactor);

    public ConsistentHashingGroup WithVirtualNodesFactor(int vnodes) => new(Paths, _mapping, vnodes);

    internal override RoutingLogic CreateLogic(ActorSystem system) => new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _mapping);
}
