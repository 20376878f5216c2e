using Akka.Hosting;
using Diabetes.Amqp;

namespace Diabetes.Metric;

/// <summary>Whom a <see cref="ReporterActor"/> asks.</summary>
internal sealed record ReporterPeers(
    IRequiredActor<BucketsActor> Correlators,
    IReadOnlyList<IActorRef> Pipelines,
    IRequiredActor<LedgerActor> Ledger,
    IRequiredActor<HistogramActor> Histogram,
    AmqpConnection Amqp);
