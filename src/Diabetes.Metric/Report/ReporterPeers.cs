using Diabetes.Amqp;

namespace Diabetes.Metric;

/// <summary>Whom a <see cref="ReporterActor"/> asks.</summary>
internal sealed record ReporterPeers(
    IActorRef Correlators, IReadOnlyList<IActorRef> Pipelines, IActorRef Ledger, IActorRef Histogram, AmqpConnection Amqp);
