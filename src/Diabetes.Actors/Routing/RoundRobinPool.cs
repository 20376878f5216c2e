namespace Diabetes.Actors;

/// <summary>Routees in turn.</summary>
public sealed class RoundRobinPool : Pool
{
    public RoundRobinPool(int nrOfInstances)
        : this(nrOfInstances, null)
    {
    }

    private RoundRobinPool(int nrOfInstances, SupervisorStrategy? supervisorStrategy)
        : base(nrOfInstances, supervisorStrategy)
    {
    }

    public RoundRobinPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, strategy);

    internal override RoutingLogic CreateLogic(ActorSystem system) => new RoundRobinRoutingLogic();
}
