using Diabetes.Hosting.Configuration;

namespace Diabetes.Metric;

/// <summary>The <c>metric.*</c> keys that this node alone reads; the others are in <see cref="LedgerSettings"/>.</summary>
public static class MetricSettings
{
    /// <summary>Buckets of ids, each with its own correlators.</summary>
    public static readonly Setting<int> Shards = Setting.Integer("metric.shards", 1, 1024);

    public static readonly Setting<TimeSpan> SpillAfter = Setting.Duration("metric.spill-after", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));

    public static readonly Setting<TimeSpan> OrphanAfter = Setting.Duration("metric.orphan-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650));

    public static readonly Setting<TimeSpan> ReportInterval =
        Setting.Duration("metric.report-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));

    public static readonly Setting<TimeSpan> CommitInterval =
        Setting.Duration("metric.ledger.commit-interval", TimeSpan.Zero, TimeSpan.FromSeconds(10));

    public static readonly Setting<int> CommitRows = Setting.Integer("metric.ledger.commit-rows", 1, 100_000);

    /// <summary>Bytes; 0 is never.</summary>
    public static readonly Setting<long> RotateSize = Setting.Size("metric.ledger.rotate-size", 0, 1L << 40);

    /// <summary>Whether every UTC day has a file of its own.</summary>
    public static readonly Setting<bool> RotateDaily = Setting.Choice("metric.ledger.rotate-every", ("never", false), ("day", true));
}
