namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Lists the node's actors, wired as in production.</summary>
internal sealed record LifeActors(IActorRef Correlators, IActorRef[] Pipelines, IActorRef Ledger, IActorRef Histogram);
