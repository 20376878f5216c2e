using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Whom a <see cref="ReporterActor"/> asks.</summary>
internal sealed record ReporterPeers(
    IReadOnlyList<IActorRef> Shards, IReadOnlyList<IActorRef> Sources, IActorRef Joiner, IActorRef Histogram, IBroker Broker);
