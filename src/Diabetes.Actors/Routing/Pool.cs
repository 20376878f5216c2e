namespace Diabetes.Actors;

/// <summary>A router that makes and supervises its routees. It stops when the last of them has.</summary>
public abstract class Pool : RouterConfig
{
    private protected Pool(int nrOfInstances, SupervisorStrategy? supervisorStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nrOfInstances);
        NrOfInstances = nrOfInstances;
        SupervisorStrategy = supervisorStrategy ?? DefaultSupervisorStrategy;
    }

    public static SupervisorStrategy DefaultSupervisorStrategy => SupervisorStrategy.DefaultStrategy;

    /// <summary>How many routees.</summary>
    public int NrOfInstances { get; }

    /// <summary>How the router answers their failures.</summary>
    public SupervisorStrategy SupervisorStrategy { get; }

    /// <summary>Props of a router of such routees.</summary>
    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);
}
