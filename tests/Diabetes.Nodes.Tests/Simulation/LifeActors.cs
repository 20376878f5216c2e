using Diabetes.Actors;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>The node's actors: those of its recipe, wired as there.</summary>
internal sealed record LifeActors(
    IActorRef[] Shards, IActorRef[] Unreadable, IActorRef[] Sources, IActorRef Joiner, IActorRef Histogram, IActorRef Quarantine, IActorRef Letters)
{
    public IEnumerable<IActorRef> Holders => [.. Shards, .. Unreadable];
}
