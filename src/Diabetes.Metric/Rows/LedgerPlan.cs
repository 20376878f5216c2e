using Diabetes.Domain.Joining;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric.Rows;

/// <summary>How halves are joined and given up.</summary>
/// <param name="Models">Whose predictions are joined.</param>
/// <param name="Policy">When a batch is committed.</param>
/// <param name="OrphanAfter">How long a half may wait for the other one, by the wall clock.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The node's log.</param>
public sealed record LedgerPlan(ExpectedModels Models, CommitPolicy Policy, TimeSpan OrphanAfter, TimeProvider Time, ILogger Logger)
{
    /// <summary>How often halves that waited too long are looked for: also while the queues are silent.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most orphans of one transaction.</summary>
    public int SweepLimit { get; init; } = 1000;
}

/// <summary>When halves are made durable: whichever comes first.</summary>
/// <param name="Interval">Since the first half of the batch.</param>
/// <param name="Rows">Halves in the batch.</param>
public sealed record CommitPolicy(TimeSpan Interval, int Rows);
