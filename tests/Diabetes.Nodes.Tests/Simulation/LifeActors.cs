namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>The node's actors: those of its recipe, wired as there.</summary>
internal sealed record LifeActors(IActorRef Correlators, IActorRef[] Pipelines, IActorRef Ledger, IActorRef Histogram);
