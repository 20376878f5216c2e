using Diabetes.Hosting.Configuration;

namespace Diabetes.Metric;

/// <summary>The <c>metric.*</c> keys that this node alone reads; the others are in <see cref="LedgerSettings"/>.</summary>
public static class MetricSettings
{
    /// <summary>The number of buckets. Each id belongs to one bucket, which has its own correlators.</summary>
    public static readonly Setting<int> Shards = Setting.Integer("metric.shards", 1, 1024);

    /// <summary>How long a half waits in memory for the other one before it goes to the store.</summary>
    public static readonly Setting<TimeSpan> SpillAfter = Setting.Duration(
        "metric.spill-after", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));

    /// <summary>How long a half waits in the store for the other one before it becomes an orphan.</summary>
    public static readonly Setting<TimeSpan> OrphanAfter = Setting.Duration(
        "metric.orphan-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650));

    /// <summary>The largest number of halves that wait in the store; beyond it the oldest become orphans.</summary>
    public static readonly Setting<int> PendingLimit = Setting.Integer("metric.pending-limit", 1, int.MaxValue);

    /// <summary>The time between two reports in the log.</summary>
    public static readonly Setting<TimeSpan> ReportInterval =
        Setting.Duration("metric.report-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));

    /// <summary>The longest time from the first half of a batch to its commit.</summary>
    public static readonly Setting<TimeSpan> CommitInterval =
        Setting.Duration("metric.ledger.commit-interval", TimeSpan.Zero, TimeSpan.FromSeconds(10));

    /// <summary>The number of halves at which a batch is committed at once.</summary>
    public static readonly Setting<int> CommitRows = Setting.Integer("metric.ledger.commit-rows", 1, 100_000);

    /// <summary>The size in bytes at which the ledger file is rotated; 0 means never.</summary>
    public static readonly Setting<long> RotateSize = Setting.Size("metric.ledger.rotate-size", 0, 1L << 40);

    /// <summary>True if a new ledger file begins with every UTC day.</summary>
    public static readonly Setting<bool> RotateDaily = Setting.Choice("metric.ledger.rotate-every", ("never", false), ("day", true));
}
