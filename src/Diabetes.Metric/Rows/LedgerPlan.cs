using Diabetes.Domain.Joining;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric.Rows;

/// <summary>Says how halves are joined, when they are committed and when they become orphans.</summary>
/// <param name="Models">The models whose predictions are joined.</param>
/// <param name="Policy">Says when a batch is committed.</param>
/// <param name="OrphanAfter">How long a half waits in the store for the other one before it becomes an orphan.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The node's log.</param>
public sealed record LedgerPlan(ExpectedModels Models, CommitPolicy Policy, TimeSpan OrphanAfter, TimeProvider Time, ILogger Logger)
{
    /// <summary>The time between two searches for halves that waited too long. They also run while the queues are empty.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest number of halves that wait in the store. Beyond it the oldest become orphans.</summary>
    public int PendingLimit { get; init; } = 10_000_000;

    /// <summary>The largest number of orphans in one transaction.</summary>
    public int SweepLimit { get; init; } = 1000;
}

/// <summary>Says when a batch is committed: at the interval or the number of halves, whichever comes first.</summary>
/// <param name="Interval">The longest time from the first half of the batch to its commit.</param>
/// <param name="Rows">The number of halves at which the batch is committed at once.</param>
public sealed record CommitPolicy(TimeSpan Interval, int Rows);
