namespace Diabetes.Actors;

/// <summary>Messages of one key go to one routee.</summary>
public sealed class ConsistentHashingPool : Pool
{
    private readonly ConsistentHashMapping? _mapping;

    public ConsistentHashingPool(int nrOfInstances)
        : this(nrOfInstances, null, null, 0)
    {
    }

    public ConsistentHashingPool(int nrOfInstances, ConsistentHashMapping hashMapping)
        : this(nrOfInstances, hashMapping, null, 0)
    {
    }

    private ConsistentHashingPool(int nrOfInstances, ConsistentHashMapping? mapping, SupervisorStrategy? strategy, int virtualNodesFactor)
        : base(nrOfInstances, strategy)
    {
        _mapping = mapping;
        VirtualNodesFactor = virtualNodesFactor;
    }

    /// <summary>Points on the ring a routee; 0 for the default.</summary>
    public int VirtualNodesFactor { get; }

    /// <summary>Takes keys from messages that do not bring their own.</summary>
    public ConsistentHashingPool WithHashMapping(ConsistentHashMapping mapping) => new(NrOfInstances, mapping, SupervisorStrategy, VirtualNodesFactor);

    public ConsistentHashingPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, _mapping, strategy, VirtualNodesFactor);

    public ConsistentHashingPool WithVirtualNodesFactor(int vnodes) => new(NrOfInstances, _mapping, SupervisorStrategy, vnodes);

    internal override RoutingLogic CreateLogic(ActorSystem system) => new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _mapping);
}
