namespace Diabetes.Actors;

/// <summary>What all children that one parent makes of the same props have in common, kept once: there may be a million of them.</summary>
internal sealed class CellFamily(ActorSystemImpl system, ActorCell? parent, Props props)
{
    public ActorSystemImpl System => system;

    /// <summary>Null for the root.</summary>
    public ActorCell? Parent => parent;

    public Props Props => props;

    public Dispatcher? Dispatcher { get; } = system.Settings.Dispatcher;
}
