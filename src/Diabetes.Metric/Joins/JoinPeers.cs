using Diabetes.Hosting;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric;

/// <summary>Whom a <see cref="JoinActor"/> tells.</summary>
/// <param name="Histogram">A <see cref="HistogramActor"/>: the pairs that became durable.</param>
/// <param name="Quarantine">A <see cref="QuarantineActor"/>: what cannot be used.</param>
/// <param name="Truths">Name of the queue of ground truth.</param>
/// <param name="Predictions">Name of the queue of predictions.</param>
/// <param name="Logger">The node's log.</param>
internal sealed record JoinPeers(IActorRef Histogram, IActorRef Quarantine, string Truths, string Predictions, ILogger Logger);
