namespace Diabetes.Actors;

/// <summary>The reference of no actor: what is told to it is gone, deliberately.</summary>
public sealed class Nobody : IActorRef
{
    internal static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    /// <inheritdoc/>
    public ActorPath Path { get; } = ActorPath.Root(new Address("akka", "all-systems")) / "Nobody";

    /// <inheritdoc/>
    public void Tell(object message, IActorRef? sender)
    {
    }

    /// <inheritdoc/>
    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "[Nobody]";
}
