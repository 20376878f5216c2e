namespace Diabetes.Actors;

/// <summary>Actors in turn.</summary>
public sealed class RoundRobinGroup : Group
{
    public RoundRobinGroup(params string[] paths)
        : base(paths)
    {
    }

    public RoundRobinGroup(IEnumerable<string> paths)
        : base(paths)
    {
    }

    internal override RoutingLogic CreateLogic(ActorSystem system) => new RoundRobinRoutingLogic();
}
