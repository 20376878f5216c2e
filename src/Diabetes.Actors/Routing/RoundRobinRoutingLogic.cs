namespace Diabetes.Actors;

/// <summary>One after the other.</summary>
public sealed class RoundRobinRoutingLogic : RoutingLogic
{
    private int _next = -1;

    /// <inheritdoc/>
    public override Routee? Select(object message, Routee[] routees)
        => routees.Length == 0 ? null : routees[(uint)Interlocked.Increment(ref _next) % (uint)routees.Length];
}
